/** Prints as JSON the outcome of each command line of a JSON list; run inside a copy of the sources. */
import { runCommand, type Outcome } from './run-command.ts';

const outcomes: Outcome[] = [];
for (const args of JSON.parse(process.argv[2]!) as string[][]) outcomes.push(await runCommand(...args));
console.log(JSON.stringify(outcomes));
