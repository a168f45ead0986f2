/**
 * What is used of pdfmake. Its own types bring those of the browser into the whole program, where `name` and `event` would
 * then be known everywhere.
 */
declare module 'pdfmake' {
  /** Paths of the four faces of a family. */
  interface FontFaces {
    normal: string;
    bold: string;
    italics: string;
    bolditalics: string;
  }

  interface TableLayout {
    hLineWidth(row: number, node: { table: { headerRows?: number } }): number;
    vLineWidth(): number;
    hLineColor(): string;
    paddingTop(): number;
    paddingBottom(): number;
    paddingLeft(column: number): number;
    paddingRight(): number;
  }

  const pdfmake: {
    setFonts(fonts: Record<string, FontFaces>): void;
    addTableLayouts(layouts: Record<string, TableLayout>): void;
    setUrlAccessPolicy(allows: (url: string) => boolean): void;
    setLocalAccessPolicy(allows: (path: string) => boolean): void;
    createPdf(definition: object): { getBuffer(): Promise<Buffer> };
  };
  export default pdfmake;
}

declare module 'pdfmake/js/PDFDocument.js' {
  class PDFDocument {
    constructor(
      fonts: Record<string, { normal: string }>,
      images: object,
      patterns: object,
      attachments: object,
      options: { autoFirstPage: boolean },
    );
    provideFont(family: string, bold: boolean, italics: boolean): { font: { characterSet: number[] } };
  }
  export default PDFDocument;
}
