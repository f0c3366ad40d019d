/** What `inferscope` runs; the build makes one file of it. */
export { processIo } from './io.ts';
export { runCli } from './run-cli.ts';
