// What all charts share: the look, the tip under the pointer, when they are drawn, and that they follow the width of the page.
//
// `drawers` has a function per chart, by the name in data-chart. It gets the box and gives ECharts' option, or null when there is nothing
// to draw. It is called again when the page turns dark, is printed or changes its width, so it keeps no state.
const drawers = {};
const drawn = new Set();

// An element with classes, attributes and children; text is never read as HTML.
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// The tip: a title, and pairs of a name and a value.
function tip(title, pairs = []) {
  const list = element("dl");
  for (const [name, value] of pairs) list.append(element("dt", {}, name), element("dd", {}, value));
  return element("div", {}, element("b", {}, title), list);
}

function textStyle(colour = "soft") {
  return { color: colourOf(colour), fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12 };
}

// An axis in the look of the page. `more` is of ECharts.
function axis(more) {
  const { axisLabel, axisTick, splitLine, ...rest } = more;
  return {
    nameLocation: "middle",
    nameTextStyle: textStyle(),
    axisLine: { show: true, onZero: false, lineStyle: { color: colourOf("rule") } },
    axisTick: { lineStyle: { color: colourOf("rule") }, ...axisTick },
    axisLabel: { ...textStyle(), hideOverlap: true, ...axisLabel },
    splitLine: { lineStyle: { color: colourOf("grid") }, ...splitLine },
    ...rest,
  };
}

// The next larger of 1, 2, 5, 10, 20 and so on.
function roundedUp(value) {
  const decade = 10 ** Math.floor(Math.log10(value));
  return decade * [1, 2, 5, 10].find((step) => step * decade >= value);
}

const valueAxis = (more) => axis({ type: "value", axisLine: { show: false }, axisTick: { show: false }, splitNumber: 4, ...more });
const countAxis = (name, more = {}) => valueAxis({ name, nameGap: 44, minInterval: 1, axisLabel: { formatter: withCommas }, ...more });

// A logarithmic axis over values whose logarithm was taken already: ticks at 1, 2, 5, 10 and so on, as far as there is room.
function logAxis(name, from, to, format, width) {
  const decades = Math.max(to - from, 0.1);
  const steps = width / decades > 190 ? [1, 2, 5] : width / decades > 45 ? [1] : [];
  const ticks = [];
  const stride = steps.length === 0 ? Math.ceil((45 * decades) / width) : 1;
  for (let decade = Math.floor(from); decade <= Math.ceil(to); decade += stride)
    for (const step of steps.length ? steps : [1]) {
      const at = decade + Math.log10(step);
      if (at >= from - 1e-9 && at <= to + 1e-9) ticks.push(at);
    }
  return axis({
    type: "value",
    name,
    nameGap: 28,
    min: from,
    max: to,
    axisTick: { customValues: ticks },
    splitLine: { show: false },
    axisLabel: { customValues: ticks, formatter: (at) => short(format(Math.round(10 ** at))) },
  });
}

// What the reader chose beside a chart, by the chart's name and the label of the control.
const choices = new Map();

// A control of a chart, made once; the chart is drawn again when it changes. `labelled` puts the input into its label.
function control(box, label, input, labelled, place) {
  const key = `${box.dataset.chart} ${label}`;
  if (!choices.has(key)) {
    const made = input();
    made.addEventListener("change", () => drawChart(box));
    let controls = box.parentElement.querySelector(".controls");
    if (!controls) box.before((controls = element("div", { class: `controls ${place}` })));
    controls.append(element("label", {}, ...labelled(made)));
    choices.set(key, made);
  }
  return choices.get(key);
}

const checkbox = (box, label) =>
  control(
    box,
    label,
    () => element("input", { type: "checkbox" }),
    (input) => [input, ` ${label}`],
    "corner",
  ).checked;

function baseOption() {
  return {
    animation: false,
    textStyle: textStyle(),
    grid: { left: 60, right: 14, top: 14, bottom: 44 },
    tooltip: {
      confine: true,
      className: "tip",
      backgroundColor: colourOf("panel"),
      borderColor: colourOf("rule"),
      borderWidth: 1,
      padding: [6, 10],
      textStyle: { ...textStyle("ink") },
      transitionDuration: 0,
      axisPointer: { lineStyle: { color: colourOf("soft"), type: "dotted" }, label: { show: false }, animation: false },
    },
  };
}

// A rectangle between two points of the axes, as a shape of a custom series.
function rectangle(api, [x0, y0], [x1, y1], style, gap = 0) {
  const a = api.coord([x0, y0]);
  const b = api.coord([x1, y1]);
  const shape = {
    x: Math.min(a[0], b[0]),
    y: Math.min(a[1], b[1]),
    width: Math.max(Math.abs(b[0] - a[0]) - gap, 0.7),
    height: Math.abs(b[1] - a[1]),
  };
  return { type: "rect", shape, style };
}

// Lists under a chart which colour means what.
function legend(box, entries) {
  const list = element("ul", { class: "legend" });
  for (const [word, colour] of entries) {
    const key = element("span", { class: "key" }, word);
    key.style.setProperty("--colour", colour);
    list.append(element("li", {}, key));
  }
  besideChart(box, "legend", list);
}

// Puts an element after the chart, in place of the one of that kind that is there already.
function besideChart(box, kind, made) {
  const figure = box.parentElement;
  made.dataset.beside = kind;
  const old = figure.querySelector(`[data-beside="${kind}"]`);
  if (old) old.replaceWith(made);
  else box.after(made);
}

// The rows of the table that says the same as the chart: [label, number, number...].
function tableOf(box) {
  const table = box.parentElement.querySelector(".twin table");
  const texts = (row) => [...row.cells];
  const heads = texts(table.tHead.rows[0]).map((cell) => cell.textContent);
  const rows = [...table.tBodies[0].rows].map((row) => texts(row).map((cell, i) => (i === 0 ? cell.textContent : numberOf(cell))));
  return { heads, rows };
}

function drawChart(box) {
  const width = box.clientWidth;
  const option = width > 0 ? drawers[box.dataset.chart]?.(box, width) : null;
  if (!option) return;
  const { renderer: wanted = "svg", ...rest } = option;
  const renderer = document.documentElement.classList.contains("printing") ? "svg" : wanted; // paper wants lines, not pixels
  let chart = echarts.getInstanceByDom(box);
  if (chart && chart.getZr().painter.getType() !== renderer) {
    chart.dispose();
    chart = null;
  }
  chart ??= echarts.init(box, null, { renderer });
  chart.resize();
  const base = baseOption();
  chart.setOption({ ...base, ...rest, tooltip: { ...base.tooltip, ...rest.tooltip } }, true);
  drawn.add(box);
}

function drawAgain() {
  for (const box of drawn) drawChart(box);
}

// Draws the charts that are near the reader at once, and the others whenever the page has nothing else to do.
async function drawAll() {
  const boxes = [...document.querySelectorAll(".chart")];
  const widths = new WeakMap();
  const draw = (box) => {
    widths.set(box, box.clientWidth);
    if (!drawn.has(box)) drawChart(box);
  };
  const near = new IntersectionObserver(
    (entries) => entries.filter(({ isIntersecting }) => isIntersecting).forEach(({ target }) => draw(target)),
    { rootMargin: "400px" },
  );
  const follow = new ResizeObserver((entries) => {
    for (const { target, contentRect } of entries) {
      if (!drawn.has(target) || widths.get(target) === contentRect.width) continue;
      widths.set(target, contentRect.width);
      requestAnimationFrame(() => drawChart(target));
    }
  });
  const idle = globalThis.requestIdleCallback ?? ((then) => setTimeout(then, 50)); // not known to Safari
  for (const box of boxes) {
    near.observe(box);
    follow.observe(box);
  }
  for (const box of boxes) {
    await new Promise((resolve) => idle(resolve, { timeout: 500 }));
    draw(box);
  }
  near.disconnect();
}
