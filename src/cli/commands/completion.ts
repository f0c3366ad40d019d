import { defineCommand } from '../command.ts';
import { COMPLETION_SCRIPTS, SHELLS, shellOf, type Shell } from '../completion-scripts.ts';

interface Args {
  readonly shell?: Shell;
}

export const completionCommand = defineCommand<Args>({
  command: 'completion [shell]',
  describe: 'Print a script that completes words in bash or zsh; see docs/daily.md',
  builder: (yargs) =>
    yargs
      .positional('shell', {
        type: 'string',
        choices: SHELLS,
        describe: 'Shell that the script is for (default: the one in $SHELL)',
      })
      .example('$0 completion bash >> ~/.bashrc', 'for shells that are started from now on'),
  run: ({ shell = shellOf(process.env) }, io) => {
    io.out(COMPLETION_SCRIPTS[shell]);
    return Promise.resolve(0);
  },
});
