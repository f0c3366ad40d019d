import { defineCommand, JSON_OPTION } from '../command.ts';
import { writeJson, writeLine } from '../io.ts';

interface Args {
  readonly files: readonly string[];
  readonly json: boolean;
}

export const gradeCommand = defineCommand<Args>({
  command: 'grade <files..>',
  describe: "Points of answers that the Lab's lessons saved; what is right is worked out by the simulator",
  builder: (yargs) =>
    yargs
      .positional('files', { type: 'string', array: true, demandOption: true, describe: 'Files of answers' })
      .options(JSON_OPTION)
      .example('$0 grade answers.json', 'the same points as on the page')
      .example('$0 grade class/*.json --json', 'a whole class as one document'),
  run: async ({ files, json }, io) => {
    const { readJson } = await import('../inputs.ts');
    const { gradeAnswers, parseAnswers } = await import('../../experiments/lessons/grade.ts');
    const scores = [];
    for (const file of files) {
      scores.push({ file, ...gradeAnswers(parseAnswers(await readJson(file), file)) });
    }
    if (json) writeJson(io, { scores });
    else writeLine(io, (await import('../lab/score-text.ts')).formatScores(scores));
    return 0;
  },
});
