import { readFileSync } from 'node:fs';

/** An example as a page shows it: its source, and what it prints. It runs, once a process. */
export async function exampleWithOutput(example: URL): Promise<string> {
  const lines: string[] = [];
  const { log } = console;
  console.log = (...values: unknown[]) => void lines.push(values.join(' '));
  try {
    await import(example.href);
  } finally {
    console.log = log;
  }
  return `\`\`\`ts\n${readFileSync(example, 'utf8')}\`\`\`\n\n\`\`\`text\n${lines.join('\n')}\n\`\`\`\n`;
}
