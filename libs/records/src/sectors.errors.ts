import { Conflict } from '#faults';

export class SectorCodeTaken extends Conflict {
  constructor(code: string) {
    super('sector_code_taken', `There is a sector with the code ${code} already, maybe an archived one.`);
  }
}

/** A text must never name two of the chamber's own sectors. */
export class SectorLabelTaken extends Conflict {
  constructor(label: string, code: string) {
    super('sector_label_taken', `"${label}" names the sector ${code} already.`);
  }
}

/** The sections of ISIC are the same for everybody. */
export class StandardSector extends Conflict {
  constructor(code: string) {
    super('standard_sector', `${code} is a section of ISIC Rev. 4 and stays as it is.`);
  }
}
