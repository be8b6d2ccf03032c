/** A defence of docs/security.md, how the code looks without it, and the test that has to notice. */
export interface Defence {
  /** `A16`; a row of the page. */
  readonly attack: string;
  /** What is removed, in the words of the code's own comments. */
  readonly removes: string;
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly from: string;
  readonly to: string;
  /** As the page has it: a file below `test/` without `.test.ts`, and a part of a title in it. */
  readonly test: readonly [file: string, title: string];
}
