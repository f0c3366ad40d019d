import { join } from 'node:path';
import { BOARDS } from '../../boards/index.ts';
import { SpecError } from '../../errors.ts';
import { formatCsv } from '../../report/csv.ts';
import { formatNumber } from '../../report/format.ts';
import { formatTable } from '../../report/table.ts';
import type { Cell, ExperimentHost, FileContent, Row, SweepRequest } from '../../script/bindings.ts';
import { parseAxisValues } from '../../sweep/study/axis-values.ts';
import { valueAt } from '../../sweep/study/batch.ts';
import { designSpace } from '../../sweep/study/design-space.ts';
import { createEvaluator } from '../../sweep/evaluate/evaluator.ts';
import { countPoints } from '../../sweep/study/space.ts';
import { ScriptFiles } from './script-files.ts';

/** What leaves a script: printed lines and files, to be handled outside its thread. */
export interface ScriptOutput {
  print(text: string): void;
  /** What the file at this path is to hold. */
  write(path: string, content: FileContent): void;
}

const MAX_POINTS = 20_000;

function sweepNow(
  files: ScriptFiles,
  { model, boards, axes }: SweepRequest,
  announce: (points: number) => void,
): Row[] {
  const ids = { name: 'board', values: boards.map(({ id }) => id) };
  const asked = axes.map(({ name, values }) => ({
    name,
    values: typeof values === 'string' ? parseAxisValues(name, values) : values,
  }));
  const space = designSpace({ model: files.template(model), axes: [...asked, ids] });
  const points = countPoints(space);
  if (points > MAX_POINTS) {
    throw new SpecError(
      `sweep: ${points} points; at most ${MAX_POINTS} in a script, take inferscope sweep for more`,
    );
  }
  announce(points);
  const { columns } = createEvaluator(space, boards).evaluate(0, points);
  return Array.from({ length: points }, (_, row) =>
    Object.fromEntries(columns.map((column) => [column.name, valueAt(column, row)] as const).filter(isKnown)),
  );
}

/** A failed point has no figures, and Lua no other word for that than a field that is absent. */
const isKnown = ([, value]: readonly [string, Cell]): boolean => !Number.isNaN(value);

function cellText(cell: Cell): string {
  return typeof cell === 'number' && !Number.isInteger(cell) ? formatNumber(cell) : String(cell);
}

function tableOf(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const isNumeric = (at: number) => rows.every((row) => typeof row[at] === 'number');
  return formatTable(
    columns.map((title, at) => ({ title, align: isNumeric(at) ? 'right' : 'left' })),
    rows.map((row) => row.map(cellText)),
  );
}

/** The host of experiments that run in a thread of the command line; files go to the folder `out`. */
export function createLuaHost(out: string, { print, write }: ScriptOutput): ExperimentHost {
  const files = new ScriptFiles();
  return {
    boardIds: BOARDS.map(({ id }) => id),
    loadModel: files.model,
    loadBoard: files.board,
    print,
    sweep: (request, announce) => sweepNow(files, request, announce),
    formatTable: tableOf,
    formatCsv,
    writeFile(name, content) {
      const path = join(out, name);
      write(path, content);
      return path;
    },
  };
}
