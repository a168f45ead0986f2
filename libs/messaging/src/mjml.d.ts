/** What is used of MJML, which brings no types. */
declare module 'mjml' {
  interface Options {
    validationLevel: 'soft';
    keepComments: boolean;
    ignoreIncludes: boolean;
  }

  export default function mjml(
    source: string,
    options: Options,
  ): Promise<{ html: string; errors: { line: number; message: string }[] }>;
}
