// Where the time went: throughput, stages and tasks over time, CPU and memory.

// Figures and tables of time come in one place, the one line of the page that changes from run to run; here they go where they belong.
function placeTimes() {
  const times = document.getElementById("times");
  if (!times) return;
  for (const group of times.querySelectorAll("[data-place]")) {
    const place = document.getElementById(group.dataset.place);
    place?.append(...group.childNodes);
  }
  times.remove();
  if (document.getElementById("time-figures")?.childElementCount === 0) dropSection("time");
}

function dropSection(id) {
  document.getElementById(id)?.remove();
  document.querySelector(`.contents a[href="#${id}"]`)?.parentElement.remove();
}

const timeAxis = (wall, more = {}) =>
  axis({
    type: "value",
    min: 0,
    max: wall,
    splitNumber: 5,
    axisLabel: { formatter: (ms) => (ms === 0 ? "0" : short(durationText(ms))), showMaxLabel: false },
    splitLine: { show: true, showMaxLine: false },
    ...more,
  });

// Two panels of bars, features and bases per second; the table beside it has the numbers.
function throughputChart(box, width) {
  const { rows } = tableOf(box);
  const beside = width > 560;
  box.style.height = beside ? "150px" : "270px";
  const panels = [
    { title: "Features per s", at: 4, format: (n) => withCommas(Math.round(n)) },
    { title: "Bases per s", at: 5, format: basesText },
  ];
  const bars = (width - 90) / 2 - 80; // pixels; behind the longest bar stands its number
  const grid = (i) =>
    beside
      ? { left: 90 + i * (bars + 80), width: bars, top: 34, bottom: 10 }
      : { left: 90, right: 80, top: i === 0 ? 26 : "58%", height: "32%" };
  const colours = [1, 2, 3].map((i) => colourOf(`size-${i}`));
  return {
    title: panels.map(({ title }, i) => ({
      text: title,
      textStyle: { ...textStyle("ink"), fontWeight: 600 },
      left: grid(i).left,
      top: beside ? 10 : i === 0 ? 2 : "48%",
      padding: 0,
    })),
    grid: panels.map((_, i) => grid(i)),
    xAxis: panels.map((_, i) => valueAxis({ gridIndex: i, axisLabel: { show: false }, splitLine: { show: false } })),
    yAxis: panels.map((_, i) =>
      axis({
        type: "category",
        gridIndex: i,
        inverse: true,
        data: rows.map((row) => row[0]),
        axisTick: { show: false },
        axisLabel: { ...textStyle("ink"), show: i === 0 || !beside },
      }),
    ),
    tooltip: { formatter: ({ seriesIndex, name, value }) => tip(name, [[panels[seriesIndex].title, panels[seriesIndex].format(value)]]) },
    series: panels.map(({ at, format }, i) => ({
      type: "bar",
      xAxisIndex: i,
      yAxisIndex: i,
      barWidth: "60%",
      label: { show: true, position: "right", ...textStyle("ink"), formatter: ({ value }) => format(value) },
      data: rows.map((row, j) => ({ value: row[at], itemStyle: { color: colours[j % 3] } })),
    })),
  };
}

function stageTimes(box, times, width) {
  const stages = times.stages.filter(({ begin_ms, end_ms }) => begin_ms !== undefined && end_ms !== undefined);
  if (stages.length === 0) return null;
  const wall = Math.max(times.wall_ms ?? 0, ...stages.map(({ end_ms }) => end_ms));
  const row = Math.min(Math.max(1400 / stages.length, 15), 30); // pixels: less when there are many
  box.style.height = `${stages.length * row + 50}px`;
  const left = Math.min(24 + 7.2 * Math.max(...stages.map(({ name }) => name.length)), width * 0.4);
  const statuses = [...new Set(stages.map(({ status }) => status))];
  legend(
    box,
    statuses.map((status) => [status, statusColour(status)]),
  );
  return {
    grid: { left, right: 70, top: 6, bottom: 34 },
    xAxis: timeAxis(wall),
    yAxis: axis({
      type: "category",
      inverse: true,
      data: stages.map(({ name }) => name),
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: { ...textStyle("ink"), width: left - 12, overflow: "truncate", interval: 0, formatter: (name) => name, fontWeight: 400 },
    }),
    tooltip: {
      formatter: ({ dataIndex }) => {
        const { name, status, ready_ms, begin_ms, end_ms, critical } = stages[dataIndex];
        const pairs = [
          ["Status", status],
          ["Begin", durationText(begin_ms)],
          ["Duration", durationText(end_ms - begin_ms)],
        ];
        if (ready_ms !== undefined) pairs.push(["Waited", durationText(Math.max(begin_ms - ready_ms, 0))]);
        if (critical) pairs.push(["Critical path", "yes"]);
        return tip(name, pairs);
      },
    },
    series: [
      {
        type: "custom",
        clip: false,
        data: stages.map(({ ready_ms, begin_ms, end_ms }, i) => [i, ready_ms ?? begin_ms, begin_ms, end_ms]),
        encode: { x: [1, 3], y: 0 },
        renderItem: (params, api) => {
          const stage = stages[params.dataIndex];
          const [ready, y] = api.coord([api.value(1), api.value(0)]);
          const begin = api.coord([api.value(2), 0])[0];
          const end = Math.max(api.coord([api.value(3), 0])[0], begin + 2);
          const colour = statusColour(stage.status);
          const bar = { fill: colour, ...(stage.critical ? { stroke: colourOf("ink"), lineWidth: 1.6 } : {}) };
          return {
            type: "group",
            children: [
              { type: "line", shape: { x1: ready, y1: y, x2: begin, y2: y }, style: { stroke: colour, lineWidth: 1.5 } },
              { type: "rect", shape: { x: begin, y: y - row * 0.27, width: end - begin, height: row * 0.54, r: 1.5 }, style: bar },
              {
                type: "text",
                style: {
                  text: durationText(stage.end_ms - stage.begin_ms),
                  x: end + 6,
                  y: y + 0.5,
                  verticalAlign: "middle",
                  fill: colourOf("soft"),
                  font: `12px ${textStyle().fontFamily}`,
                },
              },
            ],
          };
        },
      },
    ],
  };
}

function tasksChart(box, times) {
  const tasks = times.tasks ?? [];
  if (tasks.length === 0) return null;
  const lanes = Math.max(...tasks.map(({ lane }) => lane)) + 1;
  const wall = Math.max(times.wall_ms ?? 0, ...tasks.map(({ end_ms }) => end_ms));
  const stages = times.stages.map(({ name }) => name).filter((name) => tasks.some(({ stage }) => stage === name));
  box.style.height = `${Math.min(Math.max(lanes * 22, 70), 560) + 44}px`;
  const most = 16; // more names than that nobody reads: the tip has them
  legend(box, [
    ...(stages.length <= most ? stages.map((name, i) => [name, manyColour(i)]) : []),
    ...(tasks.some(({ status }) => status === "failed") ? [["failed", statusColour("failed")]] : []),
  ]);
  const colours = new Map(stages.map((name, i) => [name, manyColour(i)]));
  return {
    renderer: "canvas",
    grid: { left: 60, right: 16, top: 6, bottom: 32 },
    xAxis: timeAxis(wall),
    yAxis: axis({
      type: "value",
      name: "Lane",
      nameGap: 34,
      inverse: true,
      min: -0.5,
      max: lanes - 0.5,
      interval: Math.max(1, Math.ceil(lanes / 12)),
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: {
        customValues: [...Array(lanes).keys()].filter((lane) => lane % Math.ceil(lanes / 16) === 0),
        formatter: (lane) => String(lane + 1),
      },
    }),
    tooltip: {
      formatter: ({ dataIndex }) => {
        const { name, stage, begin_ms, end_ms, status } = tasks[dataIndex];
        return tip(name, [
          ["Stage", stage],
          ["Begin", durationText(begin_ms)],
          ["Duration", durationText(end_ms - begin_ms)],
          ["Status", status ?? ""],
        ]);
      },
    },
    series: [
      {
        type: "custom",
        progressive: 0,
        clip: true,
        data: tasks.map(({ lane, begin_ms, end_ms }) => [begin_ms, end_ms, lane - 0.4, lane + 0.4]),
        encode: { x: [0, 1], y: [2, 3] },
        renderItem: (params, api) => {
          const { stage, status } = tasks[params.dataIndex];
          const fill = status === "failed" ? statusColour("failed") : (colours.get(stage) ?? colourOf("soft"));
          return rectangle(api, [api.value(0), api.value(2)], [api.value(1), api.value(3)], { fill }, 0.8);
        },
      },
    ],
  };
}

// A curve over time, as wide as the page's column.
const curve = (data, colour, more = {}) => ({
  type: "line",
  data,
  symbol: "none",
  sampling: "lttb",
  lineStyle: { color: colourOf(colour), width: 1.4 },
  itemStyle: { color: colourOf(colour) },
  areaStyle: { color: colourOf(colour), opacity: 0.15 },
  emphasis: { disabled: true },
  ...more,
});

function runningChart(times) {
  if (!times.running?.length) return null;
  return {
    grid: { left: 52, right: 24, top: 14, bottom: 32 },
    xAxis: timeAxis(Math.max(times.wall_ms ?? 0, times.running.at(-1)[0]), { splitNumber: 4 }),
    yAxis: countAxis("Tasks", { nameGap: 34 }),
    tooltip: { trigger: "axis", formatter: ([{ value }]) => tip(durationText(value[0]), [["Running tasks", withCommas(value[1])]]) },
    series: [curve(times.running, "accent", { step: "end" })],
  };
}

function resourcesChart(times) {
  if (!times.resources?.length) return null;
  const wall = Math.max(times.wall_ms ?? 0, times.resources.at(-1)[0]);
  const cpu = times.resources.map(([ms, percent]) => [ms, percent]);
  const memory = times.resources.map(([ms, , bytes]) => [ms, bytes]);
  return {
    grid: [
      { left: 62, right: 24, top: 12, height: "36%" },
      { left: 62, right: 24, bottom: 30, height: "36%" },
    ],
    axisPointer: { link: [{ xAxisIndex: "all" }] },
    xAxis: [timeAxis(wall, { gridIndex: 0, axisLabel: { show: false }, splitNumber: 4 }), timeAxis(wall, { gridIndex: 1, splitNumber: 4 })],
    yAxis: [
      valueAxis({ name: "CPU", nameGap: 48, gridIndex: 0, min: 0, splitNumber: 2, axisLabel: { formatter: `{value}${narrowSpace}%` } }),
      valueAxis({
        name: "Memory",
        nameGap: 48,
        gridIndex: 1,
        min: 0,
        splitNumber: 2,
        axisLabel: { formatter: (bytes) => short(bytesText(bytes)) },
      }),
    ],
    tooltip: {
      trigger: "axis",
      formatter: (points) =>
        tip(
          durationText(points[0].value[0]),
          points.map(({ seriesIndex, value }) =>
            seriesIndex === 0 ? ["CPU", `${Math.round(value[1])}${narrowSpace}%`] : ["Memory", bytesText(value[1])],
          ),
        ),
    },
    series: [curve(cpu, "accent", { xAxisIndex: 0, yAxisIndex: 0 }), curve(memory, "accent-2", { xAxisIndex: 1, yAxisIndex: 1 })],
  };
}

function addTimes(times) {
  drawers.throughput = throughputChart;
  drawers["stage-times"] = (box, width) => stageTimes(box, times, width);
  drawers.tasks = (box) => tasksChart(box, times);
  drawers.running = () => runningChart(times);
  drawers.resources = () => resourcesChart(times);
}
