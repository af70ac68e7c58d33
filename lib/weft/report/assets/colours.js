// The colours of the style, as the charts need them: resolved. They are read anew whenever the page turns light or dark.
function colourOf(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

const classColour = (word) => colourOf(`class-${word}`) || colourOf("soft");
const statusColour = (word) => colourOf(`status-${word}`) || colourOf("soft");
const manyColour = (i) => colourOf(`many-${(i % 8) + 1}`);

// Colours between the two ends of the ramp; `share` from 0 to 1.
function rampColours() {
  const parse = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const low = parse(colourOf("ramp-low"));
  const high = parse(colourOf("ramp-high"));
  return (share) => `rgb(${low.map((from, i) => Math.round(from + (high[i] - from) * share)).join(",")})`;
}
