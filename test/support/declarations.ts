import { basename } from 'node:path';
import ts from 'typescript';

/** What files of declarations export without a comment that says what it is, as "file: name". */
export function undocumented(files: readonly string[]): string[] {
  const { NodeNext } = ts.ModuleKind;
  const resolution = ts.ModuleResolutionKind.NodeNext;
  // Names are looked at and not types, so that those of the language itself are not needed.
  const options = { module: NodeNext, moduleResolution: resolution, noLib: true, types: [] };
  const program = ts.createProgram([...files], options);
  const checker = program.getTypeChecker();
  return files.flatMap((file) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(file)!)!;
    return checker
      .getExportsOfModule(module)
      .filter((symbol) => {
        const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
        const meant = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
        return meant.getDocumentationComment(checker).length === 0;
      })
      .map(({ name }) => `${basename(file)}: ${name}`);
  });
}
