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

function textOf(build: FittedBuild): string {
  const { target, flags, library, forms, coefficients } = build;
  const last = coefficients.findLastIndex((line) => line !== undefined);
  const lines = coefficients.slice(0, last + 1).map((line) => line?.join(' ') ?? '-');
  const constant = nameOf(build).replace(/\W/g, '_').toUpperCase();
  return [
    `/** Instructions of each term of ${library}'s ${forms.length} forms, ${target} ${flags}: a line a form, "-" where none was counted. Written by npm run fit-counts. */`,
    `export const ${constant} = \``,
    ...lines,
    '`;',
    '',
  ].join('\n');
}

/** The files of all builds, as `npm run fit-counts` writes them. */
export function countFiles(): CountFile[] {
  const rows = readEvalRows(readFileSync(new URL('data/instruction-counts-2.csv', ROOT), 'utf8'));
  return fitBuilds(rows, carriedInstructionCounts()).map((build) => ({
    url: new URL(`src/boards/libraries/counted/builds/${nameOf(build)}.ts`, ROOT),
    text: textOf(build),
  }));
}
