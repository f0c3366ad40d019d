import { defineCommand, JSON_OPTION } from '../command.ts';
import { writeJson, writeLine, type Io } from '../io.ts';
import type { CheckReport } from '../check/check-results.ts';

interface Args {
  readonly budgets: string;
  readonly baseline: string | undefined;
  readonly writeBaseline: string | undefined;
  readonly junit: string | undefined;
  readonly markdown: string | undefined;
  readonly json: boolean;
}

export const checkCommand = defineCommand<Args>({
  command: 'check <budgets>',
  describe: 'Hold budgets of time, memory, energy and accuracy against predictions; for CI',
  builder: (yargs) =>
    yargs
      .positional('budgets', {
        type: 'string',
        demandOption: true,
        describe: 'JSON file with a budget for each model and board, see docs/daily.md',
      })
      .options({
        baseline: {
          type: 'string',
          requiresArg: true,
          describe: 'Earlier predictions: say what moved, by how much and by which rule',
        },
        'write-baseline': {
          type: 'string',
          requiresArg: true,
          describe: 'Keep these predictions as a baseline in this file',
        },
        junit: { type: 'string', requiresArg: true, describe: 'Write a JUnit XML report to this file' },
        markdown: {
          type: 'string',
          requiresArg: true,
          describe: 'Write a summary for a pull request to this file',
        },
        ...JSON_OPTION,
      })
      .example('$0 check budgets.json --write-baseline base.json', 'judge, and keep the predictions')
      .example('$0 check budgets.json --baseline base.json --junit report.xml', 'what moved since then'),
  run: async (args, io) => {
    const { readJson } = await import('../inputs.ts');
    const { parseBudgets } = await import('../check/budget-file.ts');
    const { parseBaseline } = await import('../check/baseline.ts');
    const { runCheck } = await import('../check/run-check.ts');
    const { requireBaseline } = await import('../check/require-baseline.ts');
    const budgets = parseBudgets(await readJson(args.budgets), args.budgets);
    requireBaseline(budgets, args);
    const baseline =
      args.baseline === undefined ? undefined : parseBaseline(await readJson(args.baseline), args.baseline);
    await requireOutputs(args);
    const report = await runCheck(budgets, args.budgets, baseline);
    const refuses = report.checked.some(({ refused }) => refused !== undefined);
    await writeReports(report, refuses ? { ...args, writeBaseline: undefined } : args);
    await print(report, args, io);
    if (refuses && args.writeBaseline !== undefined) {
      io.err(`inferscope: ${args.writeBaseline}: is not written, since a board refuses\n`);
    }
    if (refuses) return 2;
    return report.holds ? 0 : 1;
  },
});

/** Before the work whose outcome they will hold. */
async function requireOutputs({ writeBaseline, junit, markdown }: Args): Promise<void> {
  const { requireWritable } = await import('../replace-file.ts');
  for (const path of [writeBaseline, junit, markdown]) if (path !== undefined) await requireWritable(path);
}

async function writeReports(report: CheckReport, { writeBaseline, junit, markdown }: Args): Promise<void> {
  const { replaceFile } = await import('../replace-file.ts');
  if (junit !== undefined) {
    await replaceFile(junit, (await import('../check/check-junit.ts')).formatJunit(report));
  }
  if (markdown !== undefined) {
    await replaceFile(markdown, (await import('../check/check-markdown.ts')).formatMarkdown(report));
  }
  if (writeBaseline === undefined) return;
  const { baselineOf } = await import('../check/baseline.ts');
  await replaceFile(writeBaseline, `${JSON.stringify(baselineOf(report), null, 1)}\n`);
}

async function print(report: CheckReport, { json }: Args, io: Io): Promise<void> {
  if (json) {
    const checked = report.checked.map(({ reading, ...rest }) => {
      if (!reading) return rest;
      const { latencyMs, flashBytes, ramBytes, arenaBytes, accuracy, energyUj, warnings } = reading;
      const predicted = { latencyMs, flashBytes, ramBytes, arenaBytes, accuracy, energyUj, warnings };
      return { ...rest, predicted };
    });
    writeJson(io, { ...report, checked });
  } else writeLine(io, (await import('../check/check-text.ts')).formatCheck(report));
}
