import { COMMANDS } from '../../src/cli/commands/index.ts';
import { runCli } from '../../src/cli/run-cli.ts';

const COLUMNS = 100;

async function helpOf(words: readonly string[]): Promise<string> {
  let help = '';
  const take = (text: string): void => void (help += text);
  const code = await runCli([...words, '--help'], {
    out: take,
    err: take,
    columns: COLUMNS,
    seconds: () => 0,
  });
  if (code !== 0) throw new Error(`${words.join(' ')} --help ended with ${code}: ${help}`);
  return help.trimEnd();
}

/** Markdown of the reference of all commands: what each of them says with --help. */
export async function cliReference(): Promise<string> {
  const names = COMMANDS.map(({ command }) => command.split(' ')[0]!);
  const chapters: string[] = [];
  for (const name of names) {
    chapters.push(`## ${name}`, '', '```text', await helpOf([name]), '```', '');
  }
  return ['# Commands', '', '```text', await helpOf([]), '```', '', ...chapters].join('\n');
}
