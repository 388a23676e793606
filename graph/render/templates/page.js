(function () {
  "use strict";
  var byId = function (id) { return document.getElementById(id); };
  var piece = parts.piece;
  var reference = parts.reference;
  var data = JSON.parse(byId("picture").textContent);
  var panel = byId("panel");
  var chosen = null;

  function bullets(items) {
    var list = document.createElement("ul");
    items.forEach(function (item) {
      var point = document.createElement("li");
      point.appendChild(item);
      list.appendChild(point);
    });
    return list;
  }

  function named(id) {
    return data.nodes.find(function (node) { return node.id === id; }).says.title;
  }

  function sentence(edge) {
    return piece("span", named(edge.from) + " \u2014 " + edge.says.title + " \u2014 " + named(edge.to));
  }

  function show(item, around) {
    panel.replaceChildren(piece("h2", item.says.title), piece("p", item.says.kind, "kind"));
    item.says.lines.forEach(function (line) { panel.appendChild(piece("p", line)); });
    if (item.says.href) {
      panel.appendChild(piece("p")).appendChild(reference({ title: "Read more", href: item.says.href }));
    }
    if (around.length) { panel.appendChild(bullets(around.map(sentence))); }
    if (item.says.sources.length) {
      panel.appendChild(piece("p", "Sources", "kind"));
      panel.appendChild(bullets(item.says.sources.map(reference)));
    }
  }

  function write(ctx, caption, x, y) {
    ctx.font = (caption.bold ? "700 " : "") + caption.size + "px " + data.font;
    ctx.textAlign = { start: "left", middle: "center", end: "right" }[caption.anchor];
    ctx.textBaseline = "alphabetic";
    if (caption.halo) {
      ctx.lineWidth = 4;
      ctx.lineJoin = "round";
      ctx.strokeStyle = "#ffffff";
      ctx.strokeText(caption.text, x + caption.x, y + caption.y);
    }
    ctx.fillStyle = caption.ink;
    ctx.fillText(caption.text, x + caption.x, y + caption.y);
  }

  function outline(ctx, node, x, y, scale) {
    ctx.beginPath();
    if (!node.corners.length) { ctx.arc(x, y, node.reach * scale, 0, 2 * Math.PI); }
    node.corners.forEach(function (corner) { ctx.lineTo(x + corner[0] * scale, y + corner[1] * scale); });
    ctx.closePath();
  }

  function hatch(ctx, node, x, y) {
    ctx.save();
    outline(ctx, node, x, y, 1);
    ctx.clip();
    ctx.strokeStyle = "#ffffff";
    ctx.lineWidth = 3;
    ctx.beginPath();
    for (var step = -2 * node.reach; step <= 2 * node.reach; step += 9.9) {
      ctx.moveTo(x + step - node.reach, y + node.reach);
      ctx.lineTo(x + step + node.reach, y - node.reach);
    }
    ctx.stroke();
    outline(ctx, node, x, y, 0.76);
    ctx.fillStyle = node.look.fill;
    ctx.fill();
    ctx.restore();
  }

  function draw(node) {
    return function (given) {
      var ctx = given.ctx;
      return {
        drawNode: function () {
          ctx.save();
          if (chosen === node.id) {
            outline(ctx, node, given.x, given.y, 1.35);
            ctx.fillStyle = "#e69f00";
            ctx.fill();
          }
          outline(ctx, node, given.x, given.y, 1);
          ctx.fillStyle = node.look.fill;
          ctx.strokeStyle = node.look.stroke;
          ctx.lineWidth = node.look.weight;
          ctx.setLineDash(node.look.dashed ? [3, 2] : []);
          if (node.leaving) {
            ctx.fillStyle = "#ffffff";
            ctx.strokeStyle = "#b34700";
            ctx.lineWidth = node.reach * 0.2;
            outline(ctx, node, given.x, given.y, 0.9);
            ctx.fill();
            ctx.stroke();
            outline(ctx, node, given.x, given.y, 0.74);
            ctx.fillStyle = node.look.fill;
            ctx.strokeStyle = node.look.stroke;
            ctx.lineWidth = node.look.weight;
          }
          ctx.fill();
          ctx.stroke();
          if (node.hatched) { hatch(ctx, node, given.x, given.y); }
          if (node.look.double) { outline(ctx, node, given.x, given.y, 0.8); ctx.stroke(); }
          node.captions.forEach(function (caption) { write(ctx, caption, given.x, given.y); });
          ctx.restore();
        },
        nodeDimensions: { width: 2 * node.reach, height: 2 * node.reach }
      };
    };
  }

  var ground = new Image();

  function drawLinks(ctx) {
    ctx.save();
    if (ground.complete && ground.naturalWidth) { ctx.drawImage(ground, 0, 0, data.width, data.height); }
    data.edges.forEach(function (edge) {
      var near = chosen !== null && (edge.from === chosen || edge.to === chosen || edge.id === chosen);
      ctx.strokeStyle = near ? "#1b2733" : "#b4bec9";
      ctx.lineWidth = near ? 2.4 : 1.6;
      ctx.setLineDash(edge.main ? [] : [4, 4]);
      ctx.stroke(new Path2D(edge.path));
    });
    ctx.setLineDash([]);
    data.edges.forEach(function (edge) {
      edge.captions.forEach(function (caption) { write(ctx, caption, 0, 0); });
    });
    ctx.restore();
  }

  function choose(id) {
    chosen = id;
    byId("find").value = id === null ? "" : String(id);
    var touching = data.edges.filter(function (edge) { return edge.from === id || edge.to === id; });
    var node = data.nodes.find(function (one) { return one.id === id; });
    var edge = data.edges.find(function (one) { return one.id === id; });
    if (node) { show(node, touching); }
    if (edge) { show(edge, [edge]); }
    if (!node && !edge) { panel.replaceChildren(piece("p", data.hint, "kind")); }
    network.redraw();
  }

  function zoom(factor) {
    network.moveTo({ scale: network.getScale() * factor });
  }

  data.nodes.forEach(function (node) {
    node.ctxRenderer = draw(node);
    node.title = piece("div", node.says.title);
  });
  data.edges.forEach(function (edge) {
    edge.title = piece("div", edge.says.title);
    edge.color = { color: "rgba(0,0,0,0)", highlight: "rgba(0,0,0,0)", hover: "rgba(0,0,0,0)" };
  });

  byId("still").hidden = true;
  byId("lively").hidden = false;
  size();
  var network = new vis.Network(byId("canvas"), {
    nodes: new vis.DataSet(data.nodes),
    edges: new vis.DataSet(data.edges)
  }, {
    physics: false,
    layout: { improvedLayout: false },
    interaction: { hover: true, zoomView: false, dragNodes: false, tooltipDelay: 120 },
    edges: { smooth: { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.5 }, arrows: { to: { enabled: false } } }
  });

  function size() {
    var box = byId("canvas");
    var tall = box.clientWidth * data.height / data.width;
    box.style.height = Math.round(Math.max(tall + 8, 260)) + "px";
  }

  function whole() {
    var box = byId("canvas");
    var fit = Math.min(box.clientWidth / data.width, box.clientHeight / data.height) * 0.99;
    var middle = { x: data.width / 2, y: data.height / 2 };
    network.moveTo({ position: middle, scale: fit });
  }

  var find = byId("find");
  find.appendChild(new Option("\u2026", ""));
  data.nodes.forEach(function (node) { find.appendChild(new Option(node.says.title, String(node.id))); });
  find.addEventListener("change", function () {
    choose(find.value || null);
    if (find.value) { network.focus(find.value, { scale: Math.max(network.getScale(), 0.8) }); }
  });
  byId("nearer").addEventListener("click", function () { zoom(1.3); });
  byId("farther").addEventListener("click", function () { zoom(1 / 1.3); });
  byId("whole").addEventListener("click", whole);
  network.on("beforeDrawing", drawLinks);
  network.on("click", function (event) {
    choose(event.nodes.length ? event.nodes[0] : event.edges.length ? event.edges[0] : null);
  });
  window.addEventListener("resize", function () { size(); whole(); });
  choose(null);
  whole();
  ground.onload = function () { network.redraw(); };
  ground.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(data.ground);
}());
