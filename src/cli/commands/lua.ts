import type { FileContent } from '../../script/bindings.ts';
import { defineCommand, JSON_OPTION } from '../command.ts';
import { writeJson, writeRaw } from '../io.ts';

interface Args {
  readonly script: string;
  readonly args: readonly (string | number)[] | undefined;
  readonly out: string;
  readonly seed: number;
  readonly instructions: number;
  readonly json: boolean;
}

const MILLION = 1e6;

export const luaCommand = defineCommand<Args>({
  command: 'lua <script> [args..]',
  describe: 'Run an experiment in Lua: predict, sweep, plot; sandboxed, with the same result everywhere',
  builder: (yargs) =>
    yargs
      .positional('script', { type: 'string', demandOption: true, describe: 'A Lua file' })
      .positional('args', { type: 'string', array: true, describe: "The script's arg[1], arg[2], ..." })
      .options({
        out: {
          type: 'string',
          default: '.',
          requiresArg: true,
          describe: 'Folder for plots and tables; scripts replace only what scripts wrote there',
        },
        seed: { type: 'number', default: 1, requiresArg: true, describe: 'Of math.random' },
        instructions: {
          type: 'number',
          default: 20,
          requiresArg: true,
          describe: 'Limit of Lua instructions, in millions',
        },
        ...JSON_OPTION,
      })
      .example('$0 lua examples/lua/crossover.lua --out report', 'a sweep and a plot')
      .example('$0 lua examples/lua/accelerator.lua paper:16', 'a made-up accelerator on any model')
      .epilogue('In a script: predict, place, sweep, board, boards, plot, csv, printTable; see docs/lua.md'),
  run: async (args, io) => {
    const task = await readTask(args);
    const output: string[] = [];
    const files = new Map<string, FileContent>();
    const { runLuaThread } = await import('../lua/lua-thread.ts');
    const run = runLuaThread({
      ...task,
      onPrint: (text) => (args.json ? void output.push(...text.split('\n')) : writeRaw(io, `${text}\n`)),
      onFile: (path, content) => files.set(path, content),
    });
    const result = await run.finally(() => writeFiles(args.out, files));
    const paths = [...files.keys()];
    if (args.json) writeJson(io, { script: args.script, output, files: paths, result: result ?? null });
    else io.err(paths.map((path) => `wrote ${path}${whereIf(args.out)}\n`).join(''));
    return 0;
  },
});

/** What a script has drawn and tabled, even where it failed later. */
async function writeFiles(folder: string, files: ReadonlyMap<string, FileContent>): Promise<void> {
  if (files.size === 0) return;
  const texts = new Map<string, string>();
  for (const [path, content] of files) texts.set(path, await textOf(content));
  const { writeScriptFiles } = await import('../lua/written-files.ts');
  await writeScriptFiles(folder, texts);
}

async function textOf(content: FileContent): Promise<string> {
  if (typeof content === 'string') return content;
  const { drawLinePlot } = await import('../../report/sweep/line-plot.ts');
  return drawLinePlot(content);
}

/** Who gave no folder may not expect files in this one. */
const whereIf = (out: string): string =>
  out === '.' ? ' into the current folder (--out names another)' : '';

/** Lua itself cuts longer names in its messages. */
const MAX_NAME_BYTES = 50;

function shortened(name: string): string {
  const bytes = Buffer.from(name);
  return bytes.length <= MAX_NAME_BYTES
    ? name
    : `...${bytes
        .subarray(-MAX_NAME_BYTES)
        .toString()
        .replace(/^\ufffd+/, '')}`;
}

async function readTask({ script, args = [], out, seed, instructions }: Args) {
  const { basename } = await import('node:path');
  const { readDescription } = await import('../inputs.ts');
  const { SpecError } = await import('../../errors.ts');
  const { requireNoDash } = await import('../outputs.ts');
  requireNoDash(out);
  if (!Number.isSafeInteger(seed)) throw new SpecError(`--seed must be a whole number, got ${seed}`);
  if (!(instructions > 0 && instructions <= MILLION))
    throw new SpecError(`--instructions must be above 0 and at most a million millions, got ${instructions}`);
  const source = await readDescription(script);
  return {
    name: shortened(basename(script)),
    source,
    args: args.map(String),
    out,
    seed,
    instructions: instructions * MILLION,
  };
}
