/** Style of the report page; colours follow the reader's light or dark scheme. */
export const HTML_STYLE = `
:root {
  color-scheme: light dark;
  --ink: #1f2933; --soft: #5c6b7a; --line: #dde3e9; --paper: #ffffff; --page: #f5f7f9; --accent: #2f7fd6;
}
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e9ee; --soft: #98a6b3; --line: #2c353e; --paper: #171c21; --page: #0f1317; --accent: #6aaef0; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
main { max-width: 52rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
header p { color: var(--soft); max-width: 42rem; }
.brand { margin: 0; color: var(--accent); font-weight: 600; letter-spacing: 0.04em; }
h1 { margin: 0.1rem 0 0.4rem; font-size: 2rem; line-height: 1.2; }
h2 { margin: 2.5rem 0 0.4rem; font-size: 1.3rem; }
h3 { margin: 1.2rem 0 0.3rem; font-size: 1.05rem; }
h2 small { margin-left: 0.4rem; color: var(--soft); font-size: 0.9rem; font-weight: 400; }
.summary { margin-top: 0; color: var(--soft); }
figure { margin: 1.5rem 0; padding: 1rem 1rem 0.75rem; background: var(--paper); border: 1px solid var(--line); border-radius: 10px; }
figure svg { display: block; width: 100%; height: auto; color: var(--ink); }
figure svg .paper { fill: none; }
figcaption { margin-top: 0.25rem; color: var(--soft); font-size: 0.875rem; }
.narrow { display: none; }
.scroll { overflow-x: auto; scrollbar-color: var(--soft) var(--line); background: var(--paper); border: 1px solid var(--line); border-radius: 10px; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.4rem 0.9rem; text-align: right; white-space: nowrap; }
th { border-bottom: 1px solid var(--line); color: var(--soft); font-size: 0.875rem; font-weight: 600; }
tbody tr + tr td { border-top: 1px solid var(--line); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.3rem 1rem; margin: 1rem 0; }
dt { font-weight: 600; }
dd { margin: 0; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
li { margin: 0.35rem 0; max-width: 46rem; }
@media (max-width: 640px) {
  main { padding: 1.25rem 0.75rem 3rem; }
  h1 { font-size: 1.6rem; }
  .wide { display: none; }
  .narrow { display: block; }
  figure { margin: 1rem -0.35rem; padding: 0.75rem 0.35rem; }
  figure svg { width: 330px; max-width: 100%; margin: 0 auto; }
  figcaption { padding: 0 0.4rem; }
  .scroll { overflow-x: scroll; }
  table { font-size: 0.875rem; }
  th, td { padding: 0.35rem 0.3rem; }
  th:last-child, td:last-child { padding-right: 0.6rem; }
  th { white-space: normal; vertical-align: bottom; font-size: 0.8125rem; }
  ul { padding-left: 1.2rem; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: 0.4rem; }
}
`;
