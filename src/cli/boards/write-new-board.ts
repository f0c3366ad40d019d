import { newBoardFile } from '../../boards/json/new-board.ts';
import { findBoardProblems } from '../../boards/json/parse-board.ts';
import { SpecError } from '../../errors.ts';
import { replaceFile } from '../replace-file.ts';
import { bytesOf, hzOf } from './amounts.ts';

export interface NewBoardArgs {
  readonly core: string | undefined;
  readonly clock: string | undefined;
  readonly id: string;
  readonly fpu: 'none' | 'single' | 'double' | undefined;
  readonly ram: string;
  readonly flash: string;
  readonly cache: string | undefined;
  readonly out: string | undefined;
}

/** The text of a new board's file, written where `--out` says. Throws a SpecError of one line, and writes nothing then. */
export async function writeNewBoard(
  args: NewBoardArgs,
): Promise<{ readonly text: string; readonly written?: string }> {
  const { core, clock, id, fpu, ram, flash, cache, out } = args;
  if (core === undefined || clock === undefined)
    throw new SpecError(
      'board new needs --core and --clock: the id of a core, as boards lists them, and such as 216MHz',
    );
  const clockHz = hzOf(clock.replace(/^core=/, ''));
  if (clockHz === undefined)
    throw new SpecError(`--clock: "${clock}" is no frequency; write such as 216MHz or 216e6`);
  const file = newBoardFile({
    ...{ core, clockHz, id, ramBytes: bytesOf('ram', ram), flashBytes: bytesOf('flash', flash) },
    ...(cache !== undefined && { cacheBytes: bytesOf('cache', cache) }),
    ...(fpu !== undefined && { fpu }),
  });
  const [problem] = findBoardProblems(JSON.parse(JSON.stringify(file)));
  if (problem !== undefined) throw new SpecError(`board new: ${problem}`);
  const text = JSON.stringify(file, undefined, 2);
  if (out === undefined) return { text };
  await replaceFile(out, `${text}\n`);
  return { text, written: `${out}: written; replace what it guesses, then: inferscope board lint ${out}` };
}
