import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

interface Workflow {
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly strategy: { readonly matrix: { readonly node?: readonly number[] } };
        readonly steps: readonly { readonly run?: string }[];
      }
    >
  >;
}

const { jobs } = parse(read('.github/workflows/ci.yml')) as Workflow;
const { scripts, engines } = JSON.parse(read('package.json')) as {
  readonly scripts: Readonly<Record<string, string>>;
  readonly engines: { readonly node: string };
};
const commandsOf = (job: string): string[] => jobs[job]!.steps.flatMap(({ run }) => run ?? []);

it('the workflow runs the commands of .ci/run in their order', () => {
  const isOwn = (line: string) => /^(npm|node|git) /.test(line);
  const own = read('.ci/run').split('\n').filter(isOwn);
  expect(commandsOf('check').filter(isOwn)).toEqual(own);
  expect(own).toEqual(expect.arrayContaining(['npm ci', 'npm start', 'npm cit']));
});

it('every script that the workflow calls is in package.json', () => {
  const known = [...Object.keys(scripts), 'ci', 'cit'];
  const called = Object.keys(jobs)
    .flatMap(commandsOf)
    .flatMap((command) => [...command.matchAll(/\bnpm (?:run )?([\w:]+)/g)].map(([, name]) => name!));
  expect(called.filter((name) => !known.includes(name))).toEqual([]);
  expect(called).toContain('calibrate');
});

it('the workflow tests the oldest Node that the package promises, and a newer one', () => {
  const [oldest, newer] = jobs.check!.strategy.matrix.node!;
  expect(engines.node).toMatch(new RegExp(`^>=${oldest}\\.`));
  expect(newer).toBeGreaterThan(oldest!);
});

it('editors are told to write what prettier writes', () => {
  const { printWidth } = JSON.parse(read('.prettierrc.json')) as { readonly printWidth: number };
  const sections = read('.editorconfig').split(/^\[/m);
  const code = sections.find((section) => section.startsWith('*.{ts,'))!;
  expect(code).toContain(`max_line_length = ${printWidth}\n`);
  expect(sections.find((section) => section.startsWith('*]'))).toMatch(/indent_size = 2\n/);
});
