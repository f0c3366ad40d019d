/** What the reporter in the test process tells the runner, one line of its output each. */
export type TestEvent =
  | { readonly event: 'file'; readonly file: string }
  | { readonly event: 'done'; readonly file: string; readonly seconds: number; readonly tests: number }
  | { readonly event: 'failed'; readonly file: string; readonly test: string };

const MARK = '@mutate ';

export const printEvent = (event: TestEvent): string => `${MARK}${JSON.stringify(event)}`;

export function readEvent(line: string): TestEvent | undefined {
  return line.startsWith(MARK) ? (JSON.parse(line.slice(MARK.length)) as TestEvent) : undefined;
}
