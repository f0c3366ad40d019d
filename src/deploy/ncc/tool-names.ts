type NameInTool = (op: string) => string;

let nameOf: NameInTool | undefined;

/** Loads what the tool calls operators, from now on; `enable-operators.ts` calls it. */
export function setToolNames(nameInTool: NameInTool): void {
  nameOf = nameInTool;
}

/** What the tool's refusals call an operator that it does not import, which none of the published network is. */
export function toolName(op: string): string {
  if (nameOf) return nameOf(op);
  throw new Error('an operator is loaded without what deploys it: deploy/enable-operators.ts');
}
