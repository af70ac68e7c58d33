// Distributions over the features: identity, coverage, length, mapping quality, classes by length, length against identity.

// The bins from the first to the last that is not empty, as [from, to, count].
function filledBins({ edges, counts }) {
  const bins = counts.map((count, i) => [edges[i], edges[i + 1], count]);
  const first = bins.findIndex((bin) => bin[2] > 0);
  const last = bins.findLastIndex((bin) => bin[2] > 0);
  return first < 0 ? [] : bins.slice(first, last + 1);
}

// Where bars stand on a logarithmic axis: below 1, so that a single feature is seen.
const logFloor = -0.25;

// Features per bin: counts as they are or, when the reader wants to see the small ones, as logarithms.
function featuresAxis(bins, logarithmic) {
  if (!logarithmic) return countAxis("Features");
  const most = Math.log10(Math.max(...bins.map((bin) => bin[2]), 10));
  const { name, ...ticks } = logAxis("", 0, most * 1.03, withCommas, 150);
  return {
    ...ticks,
    name: "Features",
    nameGap: 44,
    min: logFloor,
    axisLine: { show: false },
    splitLine: { lineStyle: { color: colourOf("grid") } },
  };
}

function histogramSeries(bins, colour, logarithmic) {
  const heightOf = (count) => (logarithmic ? Math.log10(count) : count);
  return {
    type: "custom",
    data: bins.filter((bin) => bin[2] > 0).map((bin) => [...bin, heightOf(bin[2])]),
    encode: { x: [0, 1], y: 3 },
    clip: true,
    renderItem: (params, api) =>
      rectangle(api, [api.value(0), logarithmic ? logFloor : 0], [api.value(1), api.value(3)], { fill: colour }, 1),
    emphasis: { itemStyle: { opacity: 0.75 } },
  };
}

// A line at the median; its name stays inside the chart.
function markedAt(at, from, to) {
  const share = (at - from) / (to - from);
  const data = at === undefined ? [] : [{ name: "median", xAxis: at }];
  const align = share > 0.85 ? "right" : share < 0.15 ? "left" : "center";
  return {
    silent: true,
    symbol: "none",
    lineStyle: { color: colourOf("ink"), type: "dashed", width: 1.2 },
    label: { ...textStyle("ink"), formatter: "{b}", position: "end", distance: 2, align },
    data,
  };
}

function histogram(bins, { name, format, ticks, median, from, to, logarithmic }) {
  const total = bins.reduce((sum, bin) => sum + bin[2], 0);
  const share = (count) => `${withCommas(count)} (${percentText(count / total, 1)})`;
  return {
    grid: { left: 60, right: 16, top: 26, bottom: 44 },
    xAxis:
      ticks ?? axis({ type: "value", name, nameGap: 28, min: from, max: to, axisLabel: { formatter: format }, splitLine: { show: false } }),
    yAxis: featuresAxis(bins, logarithmic),
    tooltip: { formatter: ({ value }) => tip(`${format(value[0])} to ${format(value[1])}`, [["Features", share(value[2])]]) },
    series: [{ ...histogramSeries(bins, colourOf("accent"), logarithmic), markLine: markedAt(median, from, to) }],
  };
}

function shareHistogram(box, data, key) {
  const shown = data.histograms?.[key];
  const bins = shown ? filledBins(shown) : [];
  if (bins.length === 0) return null;
  const name = key === "identity" ? "Identity" : "Coverage";
  const from = Math.floor(bins[0][0] * 20 + 1e-9) / 20; // a multiple of 5 %
  return histogram(bins, {
    name,
    format: percentLabel,
    median: data[key]?.median,
    from,
    to: bins.at(-1)[1],
    logarithmic: checkbox(box, "Logarithmic"),
  });
}

function lengthHistogram(data, width) {
  const shown = data.histograms?.length;
  const bins = shown ? filledBins(shown) : [];
  if (bins.length === 0) return null;
  const logged = bins.map(([from, to, count]) => [Math.log10(Math.max(from, 1)), Math.log10(Math.max(to, 1)), count]);
  const [from, to] = [logged[0][0], logged.at(-1)[1]];
  return histogram(logged, {
    format: (at) => basesText(Math.round(10 ** at)),
    from,
    to,
    ticks: logAxis("Length", from, to, basesText, width - 76),
  });
}

function mapqChart(box, data) {
  if (!data.mapq?.length) return null;
  const logarithmic = checkbox(box, "Logarithmic");
  const total = data.mapq.reduce((a, b) => a + b, 0);
  const bins = data.mapq.map((count, i) => [i - 0.5, i + 0.5, count]);
  return {
    xAxis: axis({
      type: "value",
      name: "MAPQ",
      nameGap: 28,
      min: -0.5,
      max: 60.5,
      splitLine: { show: false },
      axisTick: { customValues: [0, 10, 20, 30, 40, 50, 60] },
      axisLabel: { customValues: [0, 10, 20, 30, 40, 50, 60] },
    }),
    yAxis: featuresAxis(bins, logarithmic),
    tooltip: {
      formatter: ({ value }) =>
        tip(`MAPQ ${value[0] + 0.5}`, [["Features", `${withCommas(value[2])} (${percentText(value[2] / total, 1)})`]]),
    },
    series: [histogramSeries(bins, colourOf("accent"), logarithmic)],
  };
}

// Of the features of each length, the share of each class: the table beside it, as bars.
function classesChart(box) {
  const { heads, rows } = tableOf(box);
  const words = heads.slice(2, -1);
  const colourOfClass = (word) => classColour(word.replaceAll(" ", "_"));
  legend(
    box,
    words.map((word) => [word, colourOfClass(word)]),
  );
  return {
    grid: { left: 84, right: 16, top: 8, bottom: 30 },
    xAxis: valueAxis({ max: 100, interval: 25, axisLabel: { formatter: `{value}${narrowSpace}%` } }),
    yAxis: axis({
      type: "category",
      inverse: true,
      data: rows.map((row) => row[0]),
      axisTick: { show: false },
      axisLabel: { ...textStyle("ink") },
    }),
    tooltip: {
      formatter: ({ seriesName, name, data }) =>
        tip(name, [[seriesName, `${withCommas(data.features)} (${data.value.toFixed(1)}${narrowSpace}%)`]]),
    },
    series: words.map((word, i) => ({
      type: "bar",
      stack: "all",
      name: word,
      barWidth: "58%",
      itemStyle: { color: colourOfClass(word), borderColor: colourOf("panel"), borderWidth: 0.8 },
      data: rows.map((row) => ({ value: row[1] ? (100 * row[i + 2]) / row[1] : 0, features: row[i + 2] })),
    })),
  };
}

function densityChart(box, data, width) {
  const shown = data.length_identity;
  if (!shown) return null;
  const fields = [];
  let most = 1;
  shown.counts.forEach((row, j) =>
    row.forEach((count, i) => {
      if (count === 0) return;
      most = Math.max(most, count);
      fields.push([
        Math.log10(Math.max(shown.length_edges[i], 1)),
        Math.log10(Math.max(shown.length_edges[i + 1], 1)),
        shown.identity_edges[j],
        shown.identity_edges[j + 1],
        count,
      ]);
    }),
  );
  if (fields.length === 0) return null;
  const ends = (at, pick) => pick(...fields.map((field) => field[at]));
  const ramp = rampColours();
  const depth = (count) => (most === 1 ? 1 : Math.log(count) / Math.log(most));
  besideChart(box, "ramp", element("div", { class: "ramp" }, "1", element("span"), `${withCommas(most)} features`));
  const from = ends(0, Math.min);
  const to = ends(1, Math.max);
  return {
    renderer: "canvas",
    xAxis: logAxis("Length", from, to, basesText, width - 76),
    yAxis: valueAxis({
      name: "Identity",
      nameGap: 44,
      min: ends(2, Math.min),
      max: ends(3, Math.max),
      axisLabel: { formatter: percentLabel },
    }),
    tooltip: {
      formatter: ({ value }) =>
        tip(`${basesText(10 ** value[0])} to ${basesText(10 ** value[1])}`, [
          ["Identity", `${percentLabel(value[2])} to ${percentLabel(value[3])}`],
          ["Features", withCommas(value[4])],
        ]),
    },
    series: [
      {
        type: "custom",
        data: fields,
        encode: { x: [0, 1], y: [2, 3] },
        clip: true,
        renderItem: (params, api) =>
          rectangle(api, [api.value(0), api.value(2)], [api.value(1), api.value(3)], { fill: ramp(depth(api.value(4))) }),
      },
    ],
  };
}

function addHistograms(data) {
  drawers.identity = (box) => shareHistogram(box, data, "identity");
  drawers.coverage = (box) => shareHistogram(box, data, "coverage");
  drawers.length = (box, width) => lengthHistogram(data, width);
  drawers.mapq = (box) => mapqChart(box, data);
  drawers.classes = classesChart;
  drawers["length-identity"] = (box, width) => densityChart(box, data, width);
}
