// The page comes to life: data are unpacked, tables and charts made, and it follows the reader's wishes for light and paper.
async function unpacked(id) {
  const packed = document.getElementById(id);
  if (!packed) return null;
  const bytes = Uint8Array.from(atob(packed.textContent), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
}

const darkStyle = document.getElementById("dark");
const systemDark = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => darkStyle.media === "screen" || (darkStyle.media !== "not all" && systemDark.matches);

function makeThemeButton() {
  const button = document.getElementById("theme");
  const show = () => {
    button.textContent = isDark() ? "Light" : "Dark";
    button.setAttribute("aria-label", `Show the page in ${isDark() ? "light" : "dark"} colours`);
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    const wanted = isDark() ? "light" : "dark";
    darkStyle.media = wanted === "dark" ? "screen" : "not all";
    try {
      localStorage.setItem("weft-theme", wanted);
    } catch {
      /* the choice then lasts as long as the page */
    }
    show();
    drawAgain();
  });
  systemDark.addEventListener("change", () => {
    show();
    drawAgain();
  });
  show();
}

// Charts are drawn for the paper before printing: light, and as wide as it is.
function makePrintable() {
  let screenMedia = darkStyle.media;
  addEventListener("beforeprint", () => {
    screenMedia = darkStyle.media;
    darkStyle.media = "not all";
    document.documentElement.classList.add("printing");
    drawAgain();
  });
  addEventListener("afterprint", () => {
    darkStyle.media = screenMedia;
    document.documentElement.classList.remove("printing");
    drawAgain();
  });
}

// The contents tell where the reader is: the last section whose beginning has passed the upper third of the window.
function followReader() {
  const links = [...document.querySelectorAll(".contents a")];
  const sections = links.map((link) => document.querySelector(link.getAttribute("href")));
  let asked = false;
  const mark = () => {
    asked = false;
    const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
    const current =
      atEnd && scrollY > 0
        ? links.length - 1
        : Math.max(
            0,
            sections.findLastIndex((section) => section.getBoundingClientRect().top < innerHeight / 3),
          );
    links.forEach((link, i) => (i === current ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
    const strip = links[current].closest("ol");
    if (strip.scrollWidth > strip.clientWidth) strip.scrollTo({ left: links[current].offsetLeft - strip.clientWidth / 3 });
  };
  const ask = () => {
    if (!asked) requestAnimationFrame(mark);
    asked = true;
  };
  addEventListener("scroll", ask, { passive: true });
  addEventListener("resize", ask, { passive: true });
  mark();
}

function followWidth(draw) {
  const box = document.getElementById("stage-graph");
  if (!box) return;
  let width = box.clientWidth;
  new ResizeObserver(() => {
    if (box.clientWidth === width) return;
    width = box.clientWidth;
    draw();
  }).observe(box);
}

async function start() {
  placeTimes();
  makeThemeButton();
  makeTables();
  makeCommands();
  makePrintable();
  followReader();
  if (typeof DecompressionStream === "undefined") {
    document
      .getElementById("verdict")
      .after(element("p", { class: "notice" }, "This browser is too old for the charts; the tables say the same."));
    document.documentElement.classList.remove("js");
    return;
  }
  performance.mark("started");
  const [lasting, times] = await Promise.all([unpacked("lasting-data"), unpacked("times-data")]);
  if (lasting.analysis) for (const add of [addHistograms, addErrorProfile, addDepth, addDotPlot]) add(lasting.analysis);
  if (times) addTimes(times);
  const drawGraph = () => drawStageGraph(lasting.run, times);
  drawGraph();
  followWidth(drawGraph);
  await drawAll();
  performance.mark("drawn");
  document.documentElement.dataset.charts = "drawn";
}

start();
