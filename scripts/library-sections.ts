import { exampleWithOutput } from './example-output.ts';
import { withSections } from './page-sections.ts';

const EXAMPLES = new URL('../examples/', import.meta.url);
const SECTION = /<!-- begin (\S+\.ts) -->/g;

/** docs/library.md with its examples, which its sections name, and what they print now. */
export async function libraryWithExamples(page: string): Promise<string> {
  const sections: Record<string, string> = {};
  for (const [, name] of page.matchAll(SECTION)) {
    sections[name] = await exampleWithOutput(new URL(name, EXAMPLES));
  }
  return withSections(page, sections, 'docs/library.md');
}
