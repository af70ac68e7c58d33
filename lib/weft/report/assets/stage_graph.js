// The graph of the stages, placed by dagre and drawn as SVG in the colours of the style. Across where there is room, else downward.
const svgSpace = "http://www.w3.org/2000/svg";

function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS(svgSpace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function placeStages(stages, across, sizeOf) {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: across ? "LR" : "TB", nodesep: 18, ranksep: across ? 46 : 34, marginx: 4, marginy: 4 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const stage of stages) graph.setNode(stage.name, { stage, ...sizeOf(stage) });
  for (const { name, needs = [] } of stages) for (const before of needs) if (graph.hasNode(before)) graph.setEdge(before, name);
  dagre.layout(graph);
  return graph;
}

// A smooth line through the points of an edge: straight at both ends, curved at the points between.
function edgePath(points) {
  let path = `M${points[0].x},${points[0].y}`;
  for (let i = 1; i < points.length - 1; ++i) {
    const { x, y } = points[i];
    const next = points[i + 1];
    const end = i === points.length - 2 ? next : { x: (x + next.x) / 2, y: (y + next.y) / 2 };
    path += ` Q${x},${y} ${end.x},${end.y}`;
  }
  return path;
}

function nodeShape({ x, y, width, height, stage, second }) {
  const left = x - width / 2;
  const top = y - height / 2;
  return svg(
    "g",
    { class: `node status-${stage.status}${stage.critical ? " critical" : ""}` },
    svg("rect", { class: "box", x: left, y: top, width, height, rx: 4 }),
    svg("rect", { class: "edge-of-status", x: left + 0.6, y: top + 0.6, width: 5.4, height: height - 1.2, rx: 3 }),
    svg("text", { x: left + 16, y: top + 20 }, stage.name),
    svg("text", { class: "small", x: left + 16, y: top + 37 }, second),
  );
}

const arrow = (id, critical) =>
  svg(
    "marker",
    {
      id,
      class: critical ? "critical" : "",
      viewBox: "0 0 8 8",
      refX: 7,
      refY: 4,
      markerWidth: 8,
      markerHeight: 8,
      markerUnits: "userSpaceOnUse",
      orient: "auto",
    },
    svg("path", { d: "M0,0 L8,4 L0,8 z" }),
  );

function drawStageGraph(run, times) {
  const box = document.getElementById("stage-graph");
  if (!box || !run?.stages?.length) return;
  const timed = new Map((times?.stages ?? []).map((stage) => [stage.name, stage]));
  const stages = run.stages.map((stage) => ({ ...stage, ...timed.get(stage.name) }));
  const pen = document.createElement("canvas").getContext("2d");
  const measured = (text, font) => {
    pen.font = `${font} ${textStyle().fontFamily}`;
    return pen.measureText(text).width;
  };
  const secondLine = ({ kind, status, begin_ms, end_ms }) =>
    [kind, status === "done" && end_ms !== undefined ? durationText(end_ms - begin_ms) : status].filter(Boolean).join(" · ");
  const sizeOf = (stage) => {
    const second = secondLine(stage);
    return { second, width: Math.ceil(Math.max(measured(stage.name, "600 14px"), measured(second, "12px"))) + 32, height: 48 };
  };
  const room = box.clientWidth - 28;
  let graph = placeStages(stages, true, sizeOf);
  if (graph.graph().width > room) graph = placeStages(stages, false, sizeOf);
  const { width, height } = graph.graph();
  const drawing = svg(
    "svg",
    { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" },
    svg("defs", {}, arrow("arrow", false), arrow("arrow-critical", true)),
  );
  for (const { v, w } of graph.edges()) {
    const critical = graph.node(v).stage.critical && graph.node(w).stage.critical;
    drawing.append(
      svg("path", {
        class: critical ? "critical" : "",
        d: edgePath(graph.edge(v, w).points),
        "marker-end": `url(#arrow${critical ? "-critical" : ""})`,
      }),
    );
  }
  for (const name of graph.nodes()) drawing.append(nodeShape(graph.node(name)));
  const caption = stages.some(({ critical }) => critical)
    ? [element("p", { class: "shown" }, "Bold: the critical path. To be faster, shorten its stages.")]
    : [];
  box.replaceChildren(drawing, ...caption);
  const beforehand = document.getElementById("static-graph");
  if (beforehand) beforehand.hidden = true;
}
