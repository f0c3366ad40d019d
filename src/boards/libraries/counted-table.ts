/** Forms of kernels, a line each, and the instructions of each of their terms, a line a form and "-" where none was counted. */
export interface CountedTable {
  readonly forms: string;
  readonly lines: string;
}
