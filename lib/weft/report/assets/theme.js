// Light or dark, before anything is drawn: what the reader chose last time, else what the system says.
{
  const dark = document.getElementById("dark");
  const bySystem = dark.media;
  const media = { light: "not all", dark: "screen" };
  const remembered = () => {
    try {
      return localStorage.getItem("weft-theme");
    } catch {
      return null;
    }
  };
  document.documentElement.classList.add("js");
  dark.media = media[remembered()] ?? bySystem;
}
