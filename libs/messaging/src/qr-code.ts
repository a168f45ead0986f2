import type { SendMailOptions } from 'nodemailer';
import { toBuffer } from 'qrcode';
import type { MailData } from './planned-message.js';

/** How a template's HTML asks for the picture of the message's code: `<mj-image src="cid:code" />`. */
const PLACE = 'cid:code';

/** A quarter of the picture may be hidden or worn (level Q of ISO/IEC 18004); 174 pixels wide for ten characters. */
const FORM = { errorCorrectionLevel: 'Q', scale: 6 } as const;

/** The code as a picture that goes along with the mail; nothing where the template asks for none, or there is no code. */
export async function codePictures(html: string, { code }: MailData): Promise<SendMailOptions['attachments']> {
  if (typeof code !== 'string' || !html.includes(PLACE)) return undefined;
  const picture = { filename: 'code.png', contentType: 'image/png', contentDisposition: 'inline' as const };
  return [{ ...picture, cid: PLACE.slice('cid:'.length), content: await toBuffer(code, FORM) }];
}

/** The HTML with the picture in it, for whoever reads it without the mail around it. */
export async function withPictures(html: string, data: MailData): Promise<string> {
  const [picture] = (await codePictures(html, data)) ?? [];
  if (!Buffer.isBuffer(picture?.content)) return html;
  return html.replaceAll(PLACE, `data:image/png;base64,${picture.content.toString('base64')}`);
}
