import MiniSearch from 'minisearch';
import { sitePath, type MarkdownPage } from './markdown-page.ts';

const OPTIONS = { fields: ['heading', 'text'], storeFields: ['heading', 'page', 'href'] };

/** An index of all passages as a script, since a page from file:// may not fetch. Same pages, same bytes. */
export function searchIndex(pages: ReadonlyMap<string, MarkdownPage>): string {
  const index = new MiniSearch(OPTIONS);
  let id = 0;
  for (const [path, { title, passages }] of pages) {
    for (const { heading, anchor, text } of passages) {
      index.add({ id: id++, heading, text, page: title, href: `${sitePath(path)}#${anchor}` });
    }
  }
  return `globalThis.SEARCH_INDEX = ${JSON.stringify(JSON.stringify(index))};\n`;
}

/** What a page does with the words that are typed. */
export const SEARCH_SCRIPT = `const index = MiniSearch.loadJSON(SEARCH_INDEX, ${JSON.stringify(OPTIONS)});
const query = document.getElementById('query');
const found = document.getElementById('found');
const root = document.querySelector('nav').dataset.root;
query.addEventListener('input', () => {
  const hits = index.search(query.value, { prefix: true, fuzzy: 0.1, boost: { heading: 3 }, combineWith: 'AND' });
  found.replaceChildren(...hits.slice(0, 12).map(({ heading, page, href }) => {
    const link = document.createElement('a');
    link.href = root + '/' + href;
    link.textContent = heading === page ? page : page + ': ' + heading;
    const row = document.createElement('li');
    row.append(link);
    return row;
  }));
});
`;
