// Depth along the reference, contig after contig. Also what it shares with the dot plot: an axis of sequences laid end to end.

const basesLabel = { formatter: (at) => short(basesText(at)), showMaxLabel: false };

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
  if (inside.length === 1) {
    const step = roundedUp((to - from) / (room / 90));
    const ticks = Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);
    const axisLabel = { customValues: ticks, formatter: (at) => short(basesText(at - from)) };
    return { min: from, max: to, splitLine: { show: false }, axisTick: { customValues: ticks }, axisLabel };
  }
  const places = [...middles.keys()];
  const cut = (name) => (name.length > 24 ? `${name.slice(0, 23)}…` : name);
  return {
    min: from,
    max: to,
    splitLine: { show: false },
    axisTick: { show: false },
    axisLabel: places.length > 0 ? { customValues: places, formatter: (at) => cut(middles.get(at) ?? ""), hideOverlap: false } : basesLabel,
  };
}

// Every second contig has a band behind it, unless there are so many that the bands would be a haze.
function bandSeries(contigs, low, high, room) {
  const shown = contigs.length * 6 < room ? contigs.filter((_, i) => i % 2 === 1) : [];
  return {
    type: "custom",
    silent: true,
    z: 0,
    clip: true,
    data: shown.map(({ offset, length }) => [offset, offset + length]),
    encode: { x: [0, 1] },
    renderItem: (params, api) => rectangle(api, [api.value(0), low], [api.value(1), high], { fill: colourOf("band") }),
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

// Depth in columns of three pixels, each { begin, end, mean, lowest, highest }; a column has at least one bin.
function columnsOf(contigs, scale) {
  const columns = [];
  const start = contigs[0].offset;
  let last = -1;
  for (const { offset, length, bin, mean } of contigs) {
    mean.forEach((depth, i) => {
      const begin = offset + i * bin;
      const end = offset + Math.min((i + 1) * bin, length);
      const at = Math.floor(((begin - start) * scale) / 3);
      if (at !== last) columns.push({ begin, end, bases: 0, sum: 0, lowest: depth, highest: depth, bins: 0 });
      last = at;
      const column = columns.at(-1);
      column.end = end;
      column.bases += end - begin;
      column.sum += depth * (end - begin);
      column.lowest = Math.min(column.lowest, depth);
      column.highest = Math.max(column.highest, depth);
      column.bins += 1;
    });
  }
  return columns.map(({ sum, bases, ...column }) => ({ ...column, mean: sum / Math.max(bases, 1) }));
}

// From the lowest to the highest bin of every column, a shape per contig.
function spanSeries(groups) {
  return {
    type: "custom",
    silent: true,
    clip: true,
    z: 1,
    data: groups.map((columns) => [columns[0].begin, 0]),
    encode: { x: 0, y: 1 },
    renderItem: (params, api) => {
      const columns = groups[params.dataIndex];
      const upper = columns.flatMap(({ begin, end, highest }) => [api.coord([begin, highest]), api.coord([end, highest])]);
      const lower = columns.flatMap(({ begin, end, lowest }) => [api.coord([begin, lowest]), api.coord([end, lowest])]).reverse();
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
  if (inside.length === 0) return null;
  const room = width - 76;
  // The curve is broken between contigs, unless these are narrower than its own line.
  const groups = (inside.length * 6 < room ? inside.map((contig) => [contig]) : [inside]).map((group) =>
    columnsOf(group, room / (to - from)),
  );
  const curve = groups.flatMap((columns) => [
    ...columns.flatMap(({ begin, end, mean, lowest, highest }) => [begin, end].map((at) => [at, mean, lowest, highest])),
    [columns.at(-1).end, null],
  ]);
  const seen = inside.flatMap((contig) => contig.mean);
  // A few very deep bins would press everything else to the ground: the axis ends below them, and the note says so.
  seen.sort((a, b) => a - b);
  const highest = seen.at(-1) ?? 0;
  const usual = seen[Math.floor(seen.length * 0.99)] ?? 0;
  const cut = usual > 0 && highest > 4 * usual ? roundedUp(1.5 * usual) : undefined;
  const above = cut ? seen.filter((depth) => depth > cut).length : 0;
  const spans = groups.some((columns) => columns.some(({ bins }) => bins > 1));
  const notes = [
    spans ? "Line: mean. Shade: from the lowest to the highest bin." : "",
    cut ? `${withCommas(above)} of ${withCommas(seen.length)} bins are deeper than the scale; the deepest has ${highest.toFixed(1)}.` : "",
  ];
  besideChart(box, "note", element("p", { class: "shown" }, notes.filter(Boolean).join(" ")));
  const place = (at) => contigs.findLast((contig) => contig.offset <= at) ?? contigs[0];
  return {
    grid: { left: 60, right: 16, top: 14, bottom: 30 },
    xAxis: axis({ type: "value", ...sequenceAxis(contigs, from, to, room) }),
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
      bandSeries(chosen ? [] : contigs, 0, cut ?? highest * 2 + 1, room),
      ...(spans ? [spanSeries(groups)] : []),
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
