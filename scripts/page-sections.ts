/** A page with its generated sections, each between `<!-- begin NAME -->` and `<!-- end NAME -->`, replaced. */
export function withSections(page: string, sections: Readonly<Record<string, string>>, file: string): string {
  return Object.entries(sections).reduce((text, [name, body]) => withSection(text, name, body, file), page);
}

function withSection(page: string, name: string, body: string, file: string): string {
  const [begin, end] = [`<!-- begin ${name} -->\n`, `<!-- end ${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has no section "${name}"`);
  return page.slice(0, from + begin.length) + body + page.slice(to);
}
