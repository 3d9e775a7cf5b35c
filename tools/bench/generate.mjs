// Documents that never were, plausible and always the same, in the shape of the public codification
// (`--map phap-dien`), which lifts what generated rows cannot have: a file to download.
// usage: node tools/bench/generate.mjs COUNT > FILE.jsonl
import { pathToFileURL } from "node:url";

const KINDS = ["Quyết định", "Nghị quyết", "Chỉ thị", "Kế hoạch", "Thông báo"];
const SYMBOLS = ["QĐ-UBND", "NQ-HĐND", "CT-UBND", "KH-UBND", "TB-UBND"];
const SUBJECTS = `giao thông nông thôn|thủy lợi nội đồng|phòng cháy chữa cháy rừng|cấp giấy chứng nhận quyền sử dụng đất|
thu gom rác thải sinh hoạt|hỗ trợ hộ nghèo|tiêm phòng đàn gia súc|quản lý chợ|dạy nghề cho lao động|phổ cập giáo dục mầm non|
bảo tồn di tích khởi nghĩa|trồng cây vải thiều|nuôi gà đồi|cấp nước sạch|chuyển đổi số cấp xã|khám chữa bệnh bảo hiểm y tế|
tuyển quân|phòng chống thiên tai|an toàn thực phẩm|vay vốn ưu đãi|bồi thường giải phóng mặt bằng|văn hóa cơ sở|thể dục thể thao|
bầu cử trưởng thôn|tiếp công dân|cải cách hành chính|quản lý ngân sách|thi đua khen thưởng|đăng ký hộ tịch|trợ giúp pháp lý`
  .split("|")
  .map((word) => word.trim());
const PLACES = `Đông Sơn|Xuân Lương|Tam Tiến|Đồng Kỳ|Đồng Vương|Canh Nậu|Tiến Thắng|Phồn Xương|Bố Hạ|An Thượng|Hồng Kỳ|Tân Hiệp`.split("|");
const VERBS = `ban hành quy định về|phê duyệt kế hoạch|giao chỉ tiêu|tăng cường công tác|tổ chức thực hiện|sửa đổi mức hỗ trợ|công bố kết quả`.split("|");
const CLAUSES = `Phòng chuyên môn chủ trì, phối hợp với Ủy ban nhân dân các xã hướng dẫn, kiểm tra việc thực hiện.|
Kinh phí do ngân sách huyện bảo đảm theo phân cấp hiện hành và các nguồn huy động hợp pháp khác.|
Hồ sơ gồm đơn đề nghị, bản sao giấy tờ tùy thân và biên bản họp thôn có xác nhận của trưởng thôn.|
Thời hạn giải quyết là mười ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ.|
Chủ tịch Ủy ban nhân dân xã chịu trách nhiệm về tính chính xác của số liệu báo cáo.|
Trong quá trình thực hiện nếu có vướng mắc, đề nghị phản ánh về Văn phòng để tổng hợp.|
Mức hỗ trợ một lần cho mỗi hộ được tính theo diện tích thực tế và loại đất đang sử dụng.|
Báo cáo định kỳ được gửi trước ngày hai mươi lăm tháng cuối quý.`
  .split("|")
  .map((word) => word.trim());

/** One row, the same for the same number. */
export function row(number) {
  const random = seeded(number);
  const pick = (words) => words[Math.floor(random() * words.length)];
  const at = Math.floor(random() * KINDS.length);
  const year = 2005 + Math.floor(random() * 20);
  const month = String(1 + Math.floor(random() * 12)).padStart(2, "0");
  const day = String(1 + Math.floor(random() * 28)).padStart(2, "0");
  const issued = `${year}-${month}-${day}`;
  const abstract = `Về việc ${pick(VERBS)} ${pick(SUBJECTS)} tại ${pick(PLACES)} năm ${year}`;
  const articles = Array.from({ length: 3 + Math.floor(random() * 6) }, (_, index) => {
    const clauses = Array.from({ length: 2 + Math.floor(random() * 4) }, (_, place) => {
      return `${place + 1}. Về ${pick(SUBJECTS)} ở ${pick(PLACES)}: ${pick(CLAUSES)} ${pick(CLAUSES)}`;
    });
    return { dieu: String(index + 1), tieu_de: `${pick(VERBS)} ${pick(SUBJECTS)}.`, text: clauses.join("\n") };
  });
  return {
    so_ky_hieu: `${number}/${year}/${SYMBOLS[at]}`,
    loai: KINDS[at],
    trich_yeu: abstract,
    co_quan_ban_hanh: "Ủy ban nhân dân huyện Yên Thế",
    ngay_ban_hanh: issued,
    ngay_hieu_luc: issued,
    de_muc: pick(SUBJECTS),
    articles,
  };
}

function seeded(seed) {
  let state = (seed * 2654435761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const count = Number(process.argv[2]);
  if (!Number.isInteger(count) || count < 1) {
    console.error("usage: node tools/bench/generate.mjs COUNT > FILE.jsonl");
    process.exit(2);
  }
  let lines = [];
  for (let number = 1; number <= count; number += 1) {
    lines.push(JSON.stringify(row(number)));
    if (lines.length === 1000) {
      process.stdout.write(`${lines.join("\n")}\n`);
      lines = [];
    }
  }
  if (lines.length) process.stdout.write(`${lines.join("\n")}\n`);
}
