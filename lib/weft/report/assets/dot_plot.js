// Where each stretch of a query lies on the reference: a line per stretch, rising when forward, falling when reverse.
function dotPlot(box, data, width) {
  const plot = data.dot_plot;
  if (!plot?.segments?.length) return null;
  const contig = sequenceChoice(box, "Contig", plot.contigs);
  const query = sequenceChoice(box, "Query", plot.queries);
  const whole = (sequences) => sequences.reduce((end, { offset, length }) => Math.max(end, offset + length), 1);
  const range = (sequence, sequences) => (sequence ? [sequence.offset, sequence.offset + sequence.length] : [0, whole(sequences)]);
  const [x0, x1] = range(contig, plot.contigs);
  const [y0, y1] = range(query, plot.queries);
  const height = Math.round(Math.min(Math.max(width * 0.62, 320), 620));
  box.style.height = `${height}px`;
  const colours = { 1: colourOf("accent"), "-1": colourOf("accent-2") };
  legend(box, [
    ["forward", colours[1]],
    ["reverse", colours[-1]],
  ]);
  const nameAt = (sequences, at) => sequences.findLast(({ offset }) => offset <= at) ?? sequences[0];
  const stretch = (sequences, begin, end) => {
    const { name, offset } = nameAt(sequences, begin);
    return `${name}:${withCommas(begin - offset + 1)}-${withCommas(end - offset)}`;
  };
  // Names of queries are long: they stand beside the axis only when there are few.
  const few = plot.queries.length <= 30;
  const left = few ? 16 + 7 * Math.min(Math.max(...plot.queries.map(({ name }) => name.length)), 20) : 68;
  const yAxis =
    few || query
      ? sequenceAxis(plot.queries, y0, y1, height - 60, "y")
      : { min: y0, max: y1, splitLine: { show: false }, axisLabel: basesLabel };
  const shown = plot.segments.filter(([q0, q1, r0, r1]) => q1 > y0 && q0 < y1 && r1 > x0 && r0 < x1);
  return {
    renderer: "canvas",
    grid: { left: Math.max(left, 60), right: 16, top: 14, bottom: 46 },
    xAxis: axis({
      type: "value",
      name: (plot.contigs.length === 1 ? plot.contigs[0] : contig)?.name ?? "Reference",
      nameGap: 28,
      ...sequenceAxis(plot.contigs, x0, x1, width - left - 16),
    }),
    yAxis: axis({ type: "value", name: query ? query.name : "Queries, end to end", nameGap: left - 16, ...yAxis }),
    tooltip: {
      formatter: ({ value }) =>
        tip(stretch(plot.queries, value[0], value[1]), [
          ["On", stretch(plot.contigs, value[2], value[3])],
          ["Strand", value[4] < 0 ? "reverse" : "forward"],
          ["Identity", percentText(value[5])],
        ]),
    },
    series: [
      bandSeries(contig ? [] : plot.contigs, y0, y1, width),
      {
        type: "custom",
        progressive: 0,
        data: shown,
        encode: { x: [2, 3], y: [0, 1] },
        clip: true,
        renderItem: (params, api) => {
          const reverse = api.value(4) < 0;
          const a = api.coord([api.value(2), api.value(reverse ? 1 : 0)]);
          const b = api.coord([api.value(3), api.value(reverse ? 0 : 1)]);
          // What is shorter than a pixel would vanish: it is drawn as a dot.
          if (Math.hypot(b[0] - a[0], b[1] - a[1]) < 2)
            return { type: "circle", shape: { cx: a[0], cy: a[1], r: 1.4 }, style: { fill: colours[reverse ? -1 : 1] } };
          return {
            type: "line",
            shape: { x1: a[0], y1: a[1], x2: b[0], y2: b[1] },
            style: { stroke: colours[reverse ? -1 : 1], lineWidth: 1.8, lineCap: "round" },
          };
        },
      },
    ],
  };
}

function addDotPlot(data) {
  drawers["dot-plot"] = (box, width) => dotPlot(box, data, width);
}
