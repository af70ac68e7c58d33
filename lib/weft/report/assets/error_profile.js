// Lengths of insertions and deletions, and ends that are not aligned.

// Both scales are logarithmic: gaps fall by powers, and what departs from the line is what is worth seeing.
function gapsChart(box, data, width) {
  const kinds = [
    ["Insertions", data.errors?.insertion_lengths ?? [], "accent"],
    ["Deletions", data.errors?.deletion_lengths ?? [], "accent-2"],
  ];
  const all = kinds.flatMap(([, counts]) => counts).filter(([length, count]) => length > 0 && count > 0);
  if (all.length === 0) return null;
  legend(
    box,
    kinds.map(([name, , colour]) => [name, colourOf(colour)]),
  );
  const longest = Math.log10(Math.max(...all.map(([length]) => length), 10));
  const most = Math.log10(Math.max(...all.map(([, count]) => count), 10));
  const counts = logAxis("Gaps", 0, most * 1.03, withCommas, 150);
  return {
    xAxis: logAxis("Length", 0, longest * 1.02, basesText, width - 76),
    yAxis: { ...counts, nameGap: 44, min: -0.1, splitLine: { lineStyle: { color: colourOf("grid") } }, axisLine: { show: false } },
    tooltip: {
      formatter: ({ seriesName, value }) => tip(basesText(10 ** value[0]), [[seriesName, withCommas(Math.round(10 ** value[1]))]]),
    },
    series: kinds.map(([name, lengths, colour], i) => ({
      type: "line",
      name,
      symbol: i === 0 ? "circle" : "diamond",
      symbolSize: i === 0 ? 5 : 7,
      showAllSymbol: true,
      lineStyle: { width: 1, opacity: 0.6 },
      itemStyle: { color: colourOf(colour) },
      data: lengths.filter(([length, count]) => length > 0 && count > 0).map(([length, count]) => [Math.log10(length), Math.log10(count)]),
    })),
  };
}

function endsChart(box) {
  const { heads, rows } = tableOf(box);
  const colours = [colourOf("accent"), colourOf("accent-2")];
  legend(
    box,
    heads.slice(1).map((name, i) => [name, colours[i]]),
  );
  return {
    xAxis: axis({
      type: "category",
      name: "Bases that are not aligned",
      nameGap: 28,
      data: rows.map((row) => row[0].replace(" and more", "+").replace(" to ", "–")),
      axisTick: { show: false },
    }),
    yAxis: countAxis("Alignments"),
    tooltip: { formatter: ({ seriesName, name, value }) => tip(`${name} bases`, [[seriesName, withCommas(value)]]) },
    series: heads.slice(1).map((name, i) => ({
      type: "bar",
      name,
      barGap: "8%",
      barCategoryGap: "25%",
      itemStyle: { color: colours[i] },
      data: rows.map((row) => row[i + 1]),
    })),
  };
}

function addErrorProfile(data) {
  drawers.gaps = (box, width) => gapsChart(box, data, width);
  drawers.ends = endsChart;
}
