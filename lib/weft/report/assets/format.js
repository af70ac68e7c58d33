// Figures as people read them, the same as in the tables that come with the page (page_html.cpp).
const narrowSpace = "\u202f";
const withCommas = new Intl.NumberFormat("en-US").format;

function withUnit(value, units) {
  for (const [size, name] of units) {
    const last = size === 1;
    if (Math.abs(value) < size * 0.9995 && !last) continue;
    const scaled = value / size;
    const digits = last ? 0 : scaled < 9.995 ? 2 : scaled < 99.95 ? 1 : 0;
    return scaled.toFixed(digits) + narrowSpace + name;
  }
  return "";
}

const basesText = (bases) =>
  bases === 0
    ? "0"
    : withUnit(bases, [
        [1e9, "Gb"],
        [1e6, "Mb"],
        [1e3, "kb"],
        [1, "b"],
      ]);
const bytesText = (bytes) =>
  bytes === 0
    ? "0"
    : withUnit(bytes, [
        [1e12, "TB"],
        [1e9, "GB"],
        [1e6, "MB"],
        [1e3, "kB"],
        [1, "B"],
      ]);
// For the ends of axes: "20 kb", not "20.0 kb".
const short = (text) => text.replace(/\.0+(?=\D)|(\.\d*[1-9])0+(?=\D)/, "$1");

function durationText(milliseconds) {
  const seconds = milliseconds / 1000;
  if (milliseconds < 9.95) return milliseconds.toFixed(1) + narrowSpace + "ms";
  if (milliseconds < 999.5) return milliseconds.toFixed(0) + narrowSpace + "ms";
  if (seconds < 59.95) return seconds.toFixed(1) + narrowSpace + "s";
  const whole = Math.round(seconds);
  const two = (n) => String(n).padStart(2, "0");
  if (whole < 3600) return `${Math.floor(whole / 60)}${narrowSpace}min ${two(whole % 60)}${narrowSpace}s`;
  const minutes = Math.round(whole / 60);
  return `${withCommas(Math.floor(minutes / 60))}${narrowSpace}h ${two(minutes % 60)}${narrowSpace}min`;
}

const percentText = (fraction, digits = 2) => (fraction * 100).toFixed(digits) + narrowSpace + "%";
const percentLabel = (fraction) => `${Math.round(fraction * 10000) / 100}${narrowSpace}%`;
