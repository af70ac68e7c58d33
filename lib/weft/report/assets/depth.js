// Depth along the reference, contig after contig. Also what it shares with the dot plot: an axis of sequences laid end to end.

// Labels at the middles of sequences, as far as there is room, and bands that tell neighbours apart.
function sequenceAxis(sequences, from, to, room, along = "x") {
  const scale = room / (to - from);
  const inside = sequences.filter(({ offset, length }) => offset < to && offset + length > from);
  const middles = new Map();
  for (const { name, offset, length } of inside) {
    const begin = Math.max(offset, from);
    const end = Math.min(offset + length, to);
    if ((end - begin) * scale > (along === "x" ? 6.4 * Math.min(name.length, 24) + 4 : 13)) middles.set((begin + end) / 2, name);
  }
  const one = inside.length === 1 ? inside[0] : null;
  if (one) return { min: from, max: to, splitLine: { show: false }, axisLabel: { formatter: (at) => short(basesText(at - one.offset)) } };
  const places = [...middles.keys()];
  const cut = (name) => (name.length > 24 ? `${name.slice(0, 23)}…` : name);
  return {
    min: from,
    max: to,
    splitLine: { show: false },
    axisTick: { show: false },
    axisLabel:
      places.length > 0
        ? { customValues: places, formatter: (at) => cut(middles.get(at) ?? ""), hideOverlap: false }
        : { formatter: (at) => short(basesText(at)) },
  };
}

// Every second sequence has a band behind it; `along` says of which axis they are.
function bandSeries(sequences, along, whole) {
  return {
    type: "custom",
    silent: true,
    z: 0,
    clip: true,
    data: sequences.filter((_, i) => i % 2 === 1).map(({ offset, length }) => [offset, offset + length]),
    encode: along === "x" ? { x: [0, 1] } : { y: [0, 1] },
    renderItem: (params, api) => {
      const begin = api.value(0);
      const end = api.value(1);
      return along === "x"
        ? rectangle(api, [begin, whole[0]], [end, whole[1]], { fill: colourOf("band") })
        : rectangle(api, [whole[0], begin], [whole[1], end], { fill: colourOf("band") });
    },
  };
}

// A list to choose one of the sequences from, or all.
function sequenceChoice(box, label, sequences) {
  const most = 500; // entries
  if (sequences.length < 2) return null;
  const list = () => {
    const options = sequences.slice(0, most).map(({ name }, i) => element("option", { value: i }, name));
    return element("select", {}, element("option", { value: "" }, `All ${withCommas(sequences.length)}`), ...options);
  };
  const select = control(box, label, list, (input) => [`${label} `, input], "row");
  return select.value === "" ? null : sequences[Number(select.value)];
}

// The depth of a contig in columns of two pixels, each [position, mean, lowest, highest]; a column has at least one bin.
function columnsOf(contig, scale) {
  const bins = contig.mean.length;
  const columns = Math.max(1, Math.min(bins, Math.round((contig.length * scale) / 2)));
  return Array.from({ length: columns }, (_, i) => {
    const [first, end] = [Math.floor((i * bins) / columns), Math.floor(((i + 1) * bins) / columns)];
    const depths = contig.mean.slice(first, end);
    const middle = Math.min(((first + end) / 2) * contig.bin, contig.length);
    return [contig.offset + middle, depths.reduce((a, b) => a + b, 0) / depths.length, Math.min(...depths), Math.max(...depths)];
  });
}

// From the lowest to the highest bin of every column, a shape per contig.
function spanSeries(contigs) {
  return {
    type: "custom",
    silent: true,
    clip: true,
    z: 1,
    data: contigs.map((columns) => [columns[0][0], 0]),
    encode: { x: 0, y: 1 },
    renderItem: (params, api) => {
      const columns = contigs[params.dataIndex];
      const upper = columns.map(([x, , , highest]) => api.coord([x, highest]));
      const lower = columns.map(([x, , lowest]) => api.coord([x, lowest])).reverse();
      return { type: "polygon", shape: { points: [...upper, ...lower] }, style: { fill: colourOf("accent"), opacity: 0.28 } };
    },
  };
}

function depthChart(box, data, width) {
  if (!data.depth?.length) return null;
  let offset = 0;
  const contigs = data.depth.map((row) => {
    const contig = { name: row.contig, length: row.length, offset, ...row };
    offset += row.length;
    return contig;
  });
  const chosen = sequenceChoice(box, "Contig", contigs);
  const from = chosen ? chosen.offset : 0;
  const to = chosen ? chosen.offset + chosen.length : offset;
  const inside = contigs.filter((contig) => contig.mean.length > 0 && (!chosen || chosen === contig));
  const columns = inside.map((contig) => columnsOf(contig, (width - 76) / (to - from)));
  const seen = inside.flatMap((contig) => contig.mean);
  const curve = columns.flatMap((points) => [...points, [points.at(-1)[0], null]]);
  // A few very deep bins would press everything else to the ground: the axis ends below them, and the note says so.
  seen.sort((a, b) => a - b);
  const highest = seen.at(-1) ?? 0;
  const usual = seen[Math.floor(seen.length * 0.99)] ?? 0;
  const cut = usual > 0 && highest > 4 * usual ? roundedUp(1.5 * usual) : undefined;
  const above = cut ? seen.filter((depth) => depth > cut).length : 0;
  const spans = columns.some((points, i) => points.length < inside[i].mean.length);
  const notes = [
    spans ? "Line: mean. Shade: from the lowest to the highest bin." : "",
    cut ? `${withCommas(above)} of ${withCommas(seen.length)} bins are deeper than the scale; the deepest has ${highest.toFixed(1)}.` : "",
  ];
  besideChart(box, "note", element("p", { class: "shown" }, notes.filter(Boolean).join(" ")));
  const place = (at) => contigs.findLast((contig) => contig.offset <= at) ?? contigs[0];
  return {
    grid: { left: 60, right: 16, top: 14, bottom: 30 },
    xAxis: axis({ type: "value", ...sequenceAxis(contigs, from, to, width - 76) }),
    yAxis: valueAxis({ name: "Features per base", nameGap: 44, min: 0, max: cut }),
    tooltip: {
      trigger: "axis",
      formatter: (points) => {
        const point = points.find(({ value }) => value[1] !== null);
        if (!point) return "";
        const contig = place(point.value[0]);
        const [at, mean, lowest, highestHere] = point.value;
        return tip(contig.name, [
          ["Around", basesText(at - contig.offset)],
          ["Mean depth", mean.toFixed(2)],
          ["Bins", `${lowest.toFixed(2)} to ${highestHere.toFixed(2)}`],
        ]);
      },
    },
    series: [
      bandSeries(contigs, "x", [0, cut ?? highest * 2 + 1]),
      ...(spans ? [spanSeries(columns)] : []),
      {
        type: "line",
        data: curve,
        symbol: "none",
        connectNulls: false,
        z: 3,
        lineStyle: { color: colourOf("accent"), width: 1.2 },
        areaStyle: spans ? undefined : { color: colourOf("accent"), opacity: 0.18 },
        emphasis: { disabled: true },
      },
    ],
  };
}

function addDepth(data) {
  drawers.depth = (box, width) => depthChart(box, data, width);
}
