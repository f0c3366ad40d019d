// Starts the TypeScript file that is the first argument, with the others as its own.
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { importSource } from '../../src/dev-entry.mjs';

process.argv.splice(1, 1);
await importSource(pathToFileURL(process.argv[1]).href);
