import { posix } from 'node:path';
import GithubSlugger from 'github-slugger';
import { Marked, type Token, type Tokens } from 'marked';

/** A heading, and the text until the next: what a search finds. */
export interface Passage {
  readonly heading: string;
  readonly anchor: string;
  readonly text: string;
}

export interface MarkdownPage {
  readonly title: string;
  /** Body in HTML; a link to a page of the repository leads to that page of the site. */
  readonly html: string;
  readonly passages: readonly Passage[];
  /** Paths in the repository of what it links to or shows, beside pages. */
  readonly files: readonly string[];
}

/** Where a page of the repository stands in the site: a README is the index of its folder. */
export function sitePath(page: string): string {
  return page.replace(/README\.md$/, 'index.md').replace(/\.md$/, '.html');
}

/** Renders Markdown with the anchors that GitHub gives its headings. `isFolder` says of a path whether it is one. */
export function renderMarkdown(
  path: string,
  markdown: string,
  isFolder: (path: string) => boolean,
): MarkdownPage {
  const files = new Set<string>();
  const resolve = (href: string): string => {
    if (/^([a-z]+:|#)/i.test(href)) return href;
    const [target = '', anchor] = href.split('#');
    const at = posix.join(posix.dirname(path), target);
    if (!at.endsWith('.md')) files.add(at);
    const to = at.endsWith('.md') ? sitePath(at) : isFolder(at) ? `${at}/index.html` : at;
    const link = posix.relative(posix.dirname(sitePath(path)), to);
    return anchor === undefined ? link : `${link}#${anchor}`;
  };
  const marked = markedWith(resolve);
  const text = markdown.replace(/<!--[^]*?-->\n?/g, '');
  const passages = passagesOf(marked.lexer(text));
  return {
    title: passages[0]?.heading ?? path,
    html: marked.parse(text) as string,
    passages,
    files: [...files],
  };
}

const plain = (heading: string): string => heading.replace(/[`*]|\]\([^)]*\)|\[/g, '');

function markedWith(resolve: (href: string) => string): Marked {
  const slugger = new GithubSlugger();
  return new Marked({
    walkTokens: (token) => {
      if (token.type === 'link' || token.type === 'image') token.href = resolve(token.href as string);
    },
    renderer: {
      heading({ tokens, depth, text }: Tokens.Heading): string {
        return `<h${depth} id="${slugger.slug(plain(text))}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
    },
    hooks: {
      // A wide table scrolls in a box of its own.
      postprocess: (html) =>
        html
          .replaceAll('<table>', '<div class="scroller" tabindex="0"><table>')
          .replaceAll('</table>', '</table></div>'),
    },
  });
}

function passagesOf(tokens: readonly Token[]): Passage[] {
  const slugger = new GithubSlugger();
  const passages: { heading: string; anchor: string; text: string }[] = [];
  for (const token of tokens) {
    const under = passages.at(-1);
    if (token.type === 'heading') {
      const heading = plain(token.text as string);
      passages.push({ heading, anchor: slugger.slug(heading), text: '' });
    } else if (under) {
      under.text += `${token.raw.replace(/[`*|]|\]\([^)]*\)|\[|-{3,}/g, ' ')} `;
    }
  }
  return passages;
}
