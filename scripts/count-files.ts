import { readFileSync } from 'node:fs';
import { readEvalRows } from '../src/calibrate/counts/eval-rows.ts';
import { fitBuilds, type FittedBuild } from '../src/calibrate/counts/fit-builds.ts';
import { carriedInstructionCounts } from '../src/calibrate/instruction-rows.ts';

const ROOT = new URL('..', import.meta.url);

export interface CountFile {
  readonly url: URL;
  readonly text: string;
}

/** "cortex-m7-cmsis-nn-o2-sp". */
function nameOf({ target, flags, library }: FittedBuild): string {
  const [flag, fpu] = flags.split(' ');
  return `${target}-${library}-${flag!.slice(1).toLowerCase()}${fpu === undefined ? '' : '-sp'}`;
}

/** Operators of the published network; what they cost is told apart where pages take it alone. */
const PUBLISHED = ['CONV_2D', 'FULLY_CONNECTED', 'RESHAPE'];

const tableText = (constant: string, lines: readonly string[]): string =>
  [`export const ${constant} = \``, ...lines, '`;', ''].join('\n');

function textOf(build: FittedBuild): string {
  const { target, flags, library, forms, coefficients } = build;
  const last = coefficients.findLastIndex((line) => line !== undefined);
  const lines = coefficients.slice(0, last + 1).map((line) => line?.join(' ') ?? '-');
  const constant = nameOf(build).replace(/\W/g, '_').toUpperCase();
  const about = `/** Instructions of each term of ${library}'s ${forms.length} forms, ${target} ${flags}: a line a form, "-" where none was counted. Written by npm run fit-counts. */\n`;
  // The chip of the published bench.
  if (target !== 'cortex-m7' || flags.includes(' ')) return about + tableText(constant, lines);
  const isPublished = (_: string, at: number) => PUBLISHED.includes(forms[at]!.op);
  const further = lines.map((line, at) => (isPublished(line, at) ? '=' : line));
  return [
    ...[about, tableText(constant, lines.filter(isPublished)), '\n'],
    ...['/** Its other forms, "=" where the table before has the next line. */\n'],
    tableText(`${constant}_FURTHER`, further),
  ].join('');
}

/** The files of all builds, as `npm run fit-counts` writes them. */
export function countFiles(): CountFile[] {
  const rows = readEvalRows(readFileSync(new URL('data/instruction-counts-2.csv', ROOT), 'utf8'));
  return fitBuilds(rows, carriedInstructionCounts()).map((build) => ({
    url: new URL(`src/boards/libraries/counted/builds/${nameOf(build)}.ts`, ROOT),
    text: textOf(build),
  }));
}
