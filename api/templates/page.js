"use strict";
// Everything on the page works without this script: it copies, and fits frames to their content.
document.querySelectorAll("[data-copy]").forEach(function (box) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy";
  button.setAttribute("aria-label", "Copy: " + box.getAttribute("data-copy"));
  button.addEventListener("click", function () {
    const text = box.querySelector("code").textContent;
    const said = function (word) { button.textContent = word; };
    if (!navigator.clipboard) { return select(box, said); }
    navigator.clipboard.writeText(text).then(
      function () { said("Copied"); }, function () { select(box, said); });
  });
  box.append(button);
});

function select(box, said) {
  const range = document.createRange();
  range.selectNodeContents(box.querySelector("code"));
  const chosen = window.getSelection();
  chosen.removeAllRanges();
  chosen.addRange(range);
  said("Selected: copy it with the keyboard");
}

document.querySelectorAll("iframe[data-fit]").forEach(function (frame) {
  const fit = function () {
    const root = frame.contentDocument && frame.contentDocument.documentElement;
    if (!root || !root.querySelector("main")) { return; }
    const body = frame.contentDocument.body;
    frame.height = Math.ceil(body.getBoundingClientRect().height + 2);
  };
  const watch = function () {
    fit();
    if (frame.contentDocument && frame.contentDocument.body) {
      new ResizeObserver(fit).observe(frame.contentDocument.body);
    }
  };
  frame.addEventListener("load", watch);
  if (frame.contentDocument && frame.contentDocument.readyState === "complete") { watch(); }
});
