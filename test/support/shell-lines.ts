/** Command lines of a Markdown file's `sh` blocks in order, without their comments; a line may continue after `\`. */
export function shellLines(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, body]) => body!);
  return blocks
    .flatMap((body) => body.replaceAll('\\\n', ' ').split('\n'))
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '');
}

/** Commands of a line that run one after the other. */
export const commandsOf = (line: string): string[][] =>
  line.split('&&').map((part) => part.trim().split(/\s+/));
