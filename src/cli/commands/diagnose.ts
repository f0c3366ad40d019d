import { ONE_BOARD_OPTION, defineCommand, JSON_OPTION, MODEL_HELP } from '../command.ts';
import { writeJson, writeLine } from '../io.ts';
import { PREDICT_OPTIONS, toPredictOptions, type PredictArgs } from '../predict-options.ts';

interface Args extends PredictArgs {
  readonly model: string;
  readonly board: string;
  readonly measured: string;
  readonly json: boolean;
}

export const diagnoseCommand = defineCommand<Args>({
  command: 'diagnose <model>',
  describe:
    'Which setting a time that you measured speaks for: clock, kernels, caches, placement, build, or none',
  builder: (yargs) =>
    yargs
      .positional('model', { type: 'string', demandOption: true, describe: MODEL_HELP })
      .options({
        ...ONE_BOARD_OPTION,
        measured: {
          type: 'string',
          requiresArg: true,
          demandOption: true,
          describe: 'What was measured, with its unit: 1465ms, 20us, 3.6s',
        },
        ...PREDICT_OPTIONS,
        ...JSON_OPTION,
      })
      .example('$0 diagnose paper:8 -b openmv-h7-plus --measured 1.95ms', 'is it the clock?'),
  run: async ({ model, board, measured, json, ...args }, io) => {
    const { diagnoseModel } = await import('../boards/diagnose-model.ts');
    const found = await diagnoseModel(
      { model, board, measured, set: args.set },
      toPredictOptions({ ...args }),
    );
    if (json) writeJson(io, found);
    else writeLine(io, (await import('../../report/diagnosis-text.ts')).formatDiagnosis(found));
    return 0;
  },
});
