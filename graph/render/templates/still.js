(function () {
  "use strict";
  var byId = function (id) { return document.getElementById(id); };
  var piece = parts.piece;
  var reference = parts.reference;
  var data = JSON.parse(byId("picture").textContent);
  var paper = byId("still");
  var panel = byId("panel");
  var find = byId("find");
  var svg = paper.querySelector("svg");
  var ring = document.createElement("div");
  var scale = 1;

  function show(node) {
    panel.replaceChildren();
    ring.hidden = !node;
    if (!node) { panel.appendChild(piece("p", data.hint, "kind")); return; }
    panel.append(piece("h2", node.says.title), piece("p", node.says.kind, "kind"));
    node.says.lines.forEach(function (line) { panel.appendChild(piece("p", line)); });
    if (node.says.href) {
      panel.appendChild(piece("p")).appendChild(reference({ title: "Read more", href: node.says.href }));
    }
    var list = panel.appendChild(document.createElement("ul"));
    node.says.sources.forEach(function (source) {
      list.appendChild(document.createElement("li")).appendChild(reference(source));
    });
    place(node);
  }

  function place(node) {
    var size = svg.getBoundingClientRect().width / data.width;
    var reach = Math.max(node.reach * size, 8) + 8;
    ring.style.left = node.x * size - reach + "px";
    ring.style.top = node.y * size - reach + "px";
    ring.style.width = ring.style.height = 2 * reach + "px";
    paper.scrollLeft = node.x * size - paper.clientWidth / 2;
  }

  function zoom(factor) {
    scale = factor ? Math.min(Math.max(scale * factor, 1), 8) : 1;
    paper.classList.toggle("near", scale > 1);
    svg.style.width = 100 * scale + "%";
    svg.style.maxWidth = "none";
    show(named(find.value));
  }

  function named(id) {
    return data.nodes.find(function (node) { return String(node.id) === id; });
  }

  ring.className = "ring";
  ring.hidden = true;
  paper.appendChild(ring);
  find.appendChild(new Option("\u2026", ""));
  data.nodes.slice().sort(function (one, other) {
    return one.says.title.localeCompare(other.says.title, "en");
  }).forEach(function (node) { find.appendChild(new Option(node.says.title, String(node.id))); });
  byId("tools").hidden = false;
  panel.hidden = false;
  find.addEventListener("change", function () { show(named(find.value)); });
  byId("nearer").addEventListener("click", function () { zoom(1.4); });
  byId("farther").addEventListener("click", function () { zoom(1 / 1.4); });
  byId("whole").addEventListener("click", function () { zoom(0); });
  window.addEventListener("resize", function () { if (named(find.value)) { place(named(find.value)); } });
  show(null);
}());
