// Charts beside their tables. A page that has one loads uPlot in its scripts block and holds
//   <figure class="chart" data-chart="id"></figure> and {{ chart|json_script:"id" }} with
//   {"kind": "bars" | "lines", "label": what x is, "x": [labels], "series": [{"label", "values", "unit"}], "urls": [address per x, or none],
//   "at": [where each x lies on a measured axis; without it they stand evenly]}.

const COLOURS = { light: ["#14566b", "#c98a1b", "#5b4b9a", "#1f7a4d", "#c8452f"], dark: ["#5db9d3", "#e0a83e", "#a99be8", "#5fc18e", "#f0816e"] };

const isDark = () => getComputedStyle(document.documentElement).colorScheme === "dark"
  || (getComputedStyle(document.documentElement).colorScheme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);

function draw(figure) {
  const data = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
  const css = getComputedStyle(document.documentElement);
  const colours = COLOURS[isDark() ? "dark" : "light"];
  const figures = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 2 });
  const short = new Intl.NumberFormat(document.documentElement.lang, { notation: "compact", maximumFractionDigits: 1 });
  const count = data.series.length;
  const isBars = data.kind === "bars";
  const at = data.at ?? data.x.map((_label, i) => i);
  const aside = data.at ? 0 : 0.6;
  const axis = { stroke: css.getPropertyValue("--chart-ink").trim() || "#6b7f87", grid: { stroke: isDark() ? "#2b3a40" : "#e3e9eb", width: 1 }, ticks: { show: false }, font: "12px system-ui" };
  figure.replaceChildren();
  figure.toggleAttribute("data-has-label", Boolean(data.label));
  const plot = new uPlot({
    width: figure.clientWidth,
    height: 260,
    padding: [12, 12, 0, 0],
    scales: { x: { time: false, range: (_plot, low, high) => [low - aside, high + aside] }, y: { range: (_plot, low, high) => [Math.min(0, low), high > 0 ? high * 1.08 : 1] } },
    cursor: { y: false, drag: { x: false, y: false } },
    axes: [
      { ...axis, size: 32, grid: { show: false }, ...(data.at
        ? { space: 72, values: (_plot, splits) => splits.map((value) => figures.format(value)) }
        : { splits: () => everyNth(data.x, figure.clientWidth), values: (_plot, splits) => splits.map((i) => data.x[i] ?? "") }) },
      { ...axis, size: 64, values: (_plot, splits) => splits.map((value) => short.format(value)) },
    ],
    series: [
      { label: data.label ?? "–", value: (_plot, _x, _series, i) => data.x[i] ?? "" },
      ...data.series.map((series, i) => ({
        label: series.unit ? `${series.label} (${series.unit})` : series.label,
        stroke: colours[i % colours.length],
        fill: isBars ? colours[i % colours.length] : undefined,
        width: isBars ? 0 : 2,
        points: { show: !isBars && data.x.length < 32, size: 6 },
        paths: isBars ? barsBeside(i, count) : undefined,
        value: (_plot, value) => (value == null ? "–" : figures.format(value)),
      })),
    ],
  }, [at, ...data.series.map((series) => series.values.map((value) => (value == null ? null : Number(value))))], figure);
  if (data.urls) {
    plot.over.addEventListener("click", () => { const url = data.urls[plot.cursor.idx]; if (url) location.assign(url); });
  }
}

// All series of an x stand side by side around it.
function barsBeside(i, count) {
  if (count === 1) return uPlot.paths.bars({ size: [0.72, 48], align: 0 });
  const width = 0.72 / count;
  const each = (value) => (plot) => plot.data[0].map(value);
  return uPlot.paths.bars({ align: 1, disp: { x0: { unit: 1, values: each((x) => x - 0.36 + i * width) }, size: { unit: 1, values: each(() => width * 0.94) } } });
}

function everyNth(labels, width) {
  const step = Math.max(1, Math.ceil(labels.length / Math.max(2, Math.floor(width / 72))));
  return labels.map((_label, i) => i).filter((i) => i % step === 0);
}

function drawAll() {
  if (typeof uPlot === "undefined") return;
  for (const figure of document.querySelectorAll("[data-chart]")) draw(figure);
}

if (document.querySelector("[data-chart]")) {
  drawAll();
  let waiting;
  addEventListener("resize", () => { clearTimeout(waiting); waiting = setTimeout(drawAll, 150); });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  new MutationObserver(drawAll).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
}
