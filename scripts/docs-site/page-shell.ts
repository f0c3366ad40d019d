import { posix } from 'node:path';
import { escapeMarkup } from '../../src/report/escape-markup.ts';
import { sitePath } from './markdown-page.ts';

/** A page as the list of contents names it. */
export interface Entry {
  readonly path: string;
  readonly title: string;
}

export interface Contents {
  readonly title: string;
  readonly entries: readonly Entry[];
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --quiet: #57606a; --line: #d0d7de; --shade: #f6f8fa; --link: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117; --quiet: #9aa4af; --line: #30363d; --shade: #161b22; --link: #79b8ff; } }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: var(--paper); font: 16px/1.55 system-ui, sans-serif; }
a { color: var(--link); }
.site { display: grid; grid-template-columns: 17rem minmax(0, 1fr); max-width: 82rem; margin: 0 auto; }
nav { padding: 1.5rem 1rem; border-right: 1px solid var(--line); }
nav h2 { font-size: .8rem; color: var(--quiet); margin: 1.2rem 0 .2rem; }
nav ul, #found { list-style: none; margin: 0; padding: 0; }
nav a { display: block; padding: .15rem .4rem; text-decoration: none; border-radius: 4px; }
nav a[aria-current] { background: var(--shade); font-weight: 600; }
nav input { width: 100%; font: inherit; padding: .3rem .5rem; color: inherit; background: var(--paper); border: 1px solid var(--quiet); border-radius: 4px; }
main { padding: 1.5rem 2rem 4rem; min-width: 0; }
pre { overflow-x: auto; padding: .8rem; background: var(--shade); border-radius: 6px; font-size: .85rem; line-height: 1.4; }
code { font-family: ui-monospace, monospace; font-size: .9em; background: var(--shade); border-radius: 3px; }
.scroller { overflow-x: auto; } table { border-collapse: collapse; font-size: .9rem; }
th, td { border: 1px solid var(--line); padding: .25rem .5rem; text-align: left; vertical-align: top; }
img { max-width: 100%; background: #fff; }
@media (max-width: 760px) { .site { display: block; } nav { border-right: 0; border-bottom: 1px solid var(--line); } main { padding: 1rem; } }
`;

function listOf(contents: readonly Contents[], from: string): string {
  const link = ({ path, title }: Entry): string => {
    const href = posix.relative(posix.dirname(sitePath(from)), sitePath(path));
    const current = path === from ? ' aria-current="page"' : '';
    return `<li><a href="${href}"${current}>${escapeMarkup(title)}</a></li>`;
  };
  return contents
    .map(({ title, entries }) => `<h2>${title}</h2><ul>${entries.map(link).join('')}</ul>`)
    .join('\n');
}

/** A whole page: contents and search beside the body. Everything that it loads stands in the same folder. */
export function pageShell(entry: Entry, body: string, contents: readonly Contents[]): string {
  const root = posix.relative(posix.dirname(sitePath(entry.path)), '') || '.';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(entry.title)} - inferscope</title>
<style>${STYLE}</style>
</head>
<body>
<div class="site">
<nav aria-label="Contents" data-root="${root}">
<label>Search <input type="search" id="query" autocomplete="off"></label>
<ul id="found" aria-live="polite"></ul>
${listOf(contents, entry.path)}
</nav>
<main>
${body}
</main>
</div>
<script defer src="${root}/minisearch.js"></script>
<script defer src="${root}/search-index.js"></script>
<script defer src="${root}/search.js"></script>
</body>
</html>
`;
}
