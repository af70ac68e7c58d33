// The region view: igv.js on slices that lie in the page. It is unpacked and run only here, draws on its own, and never asks a network:
// its list of genomes is turned off, and the page's policy forbids all requests.
//
// igv.js is steered by the pointer, so the ways about are buttons of the page; its menus, which offer look-ups at servers, are left out.
async function textOf(id) {
  const bytes = Uint8Array.from(atob(document.getElementById(id).textContent), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

// Base 64 of a text in UTF-8.
const packed = (text) => btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""));
const asData = (base64) => `data:application/octet-stream;base64,${base64}`;

// A contig's name as it is in the slice: igv.js takes the first colon for the end of the name.
const nameInSlice = (region) => region.contig.replaceAll(":", "_");
const wholeOf = (region) => ({ start: region.begin, end: region.end });

function sliceConfig(region) {
  const name = nameInSlice(region);
  const last = region.letters_begin + region.letters.length;
  // The name of the sequence says which stretch of the contig it is, and how long the contig is: igv-reports' way, which igv.js reads.
  const fasta = `>${name}:${region.letters_begin + 1}-${last} @len=${region.contig_length}\n${region.letters}\n`;
  return {
    loadDefaultGenomes: false,
    showNavigation: false,
    showIdeogram: false,
    showTrackDragHandles: false,
    showGearColumn: false,
    showSVGButton: false,
    showTrackLabels: false,
    reference: { id: "slice", name: "slice", fastaURL: asData(packed(fasta)), indexed: false, wholeGenomeView: false },
    locus: `${name}:${region.begin + 1}-${region.end}`,
    tracks: [
      {
        name: "Records",
        type: "alignment",
        format: "bam",
        url: asData(region.bam),
        indexed: false,
        visibilityWindow: 4_000_000,
        samplingDepth: 10_000,
        height: 100,
        autoHeight: true,
        maxHeight: 420,
        colorBy: "strand",
        posStrandColor: "rgb(164, 196, 219)",
        negStrandColor: "rgb(224, 178, 200)",
      },
    ],
  };
}

// Buttons by which the view is moved and zoomed.
function makeWays(view, region, browser) {
  const bounds = { start: region.letters_begin, end: region.letters_begin + region.letters.length };
  const shown = () => {
    const { start, end } = browser.referenceFrameList[0];
    return { start, end };
  };
  const goTo = ({ start, end }) => {
    const length = Math.max(Math.min(end - start, bounds.end - bounds.start), 40);
    const from = Math.round(Math.min(Math.max(start, bounds.start), bounds.end - length));
    return browser.search(`${nameInSlice(region)}:${Math.max(from, 0) + 1}-${Math.round(Math.max(from, 0) + length)}`);
  };
  const moved = (share) => {
    const { start, end } = shown();
    return { start: start + share * (end - start), end: end + share * (end - start) };
  };
  const scaled = (factor) => {
    const { start, end } = shown();
    const middle = (start + end) / 2;
    return { start: middle - (factor * (end - start)) / 2, end: middle + (factor * (end - start)) / 2 };
  };
  const ways = [
    ["←", "Move left", () => moved(-0.5)],
    ["→", "Move right", () => moved(0.5)],
    ["+", "Zoom in", () => scaled(0.5)],
    ["−", "Zoom out", () => scaled(2)],
    ["Whole region", "Show the whole region", () => wholeOf(region)],
  ];
  const row = element("div", { class: "ways" });
  for (const [sign, label, target] of ways) {
    const button = element("button", { type: "button", "aria-label": label, title: label }, sign);
    button.addEventListener("click", () => goTo(target()));
    row.append(button);
  }
  const place = element("output", { class: "place", "aria-live": "polite" });
  const say = () => {
    const { start, end } = shown();
    place.textContent = `${region.contig}:${withCommas(Math.floor(start) + 1)}-${withCommas(Math.round(end))}`;
  };
  browser.on("locuschange", say);
  say();
  row.append(place);
  view.before(row);
}

async function drawRegions() {
  const boxes = [...document.querySelectorAll(".region")];
  if (boxes.length === 0) return;
  const [regions, code] = await Promise.all([unpacked("regions-data"), textOf("igv-code")]);
  const script = element("script");
  script.textContent = code;
  document.head.append(script);
  // igv.js knows light colours only. In the dark its picture is turned over, with the hues where they were.
  const turnOver = () => boxes.forEach((box) => box.classList.toggle("turned", isDark()));
  new MutationObserver(turnOver).observe(darkStyle, { attributes: true });
  systemDark.addEventListener("change", turnOver);
  turnOver();
  for (const box of boxes) {
    const region = regions[Number(box.dataset.region)];
    box.addEventListener("contextmenu", (event) => event.stopPropagation(), { capture: true });
    makeWays(box, region, await igv.createBrowser(box, sliceConfig(region)));
  }
}

// After the charts: they are what the reader sees first.
const untilCharts = new MutationObserver(async () => {
  untilCharts.disconnect();
  await drawRegions();
  document.documentElement.dataset.regions = "drawn";
});
untilCharts.observe(document.documentElement, { attributeFilter: ["data-charts"] });
