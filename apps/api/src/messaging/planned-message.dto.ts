/** A mail that will go out because of what was just done */
export class PlannedMessageDto {
  id: string;
  kind: string;
  /** {personId, userId, email, name} */
  recipient: object;
  subject: string;
  /** RFC 3339, UTC */
  sendAt: string;
}
