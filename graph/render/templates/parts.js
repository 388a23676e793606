// What the scripts of both kinds of pages make elements with: text stays text.
var parts = (function () {
  "use strict";
  function piece(tag, text, className) {
    var made = document.createElement(tag);
    made.textContent = text || "";
    if (className) { made.className = className; }
    return made;
  }

  function reference(source) {
    if (!/^https?:\/\//i.test(source.href || "")) { return piece("span", source.title); }
    var link = piece("a", source.title);
    link.href = source.href;
    link.target = "_blank";
    link.rel = "noopener";
    return link;
  }

  return { piece: piece, reference: reference };
})();
