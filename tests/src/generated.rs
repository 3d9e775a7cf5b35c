//! Rows in any number, the same every time: documents of offices that do not exist.

use serde_json::{Value, json};

/// Kinds with their abbreviation in numbers.
const KINDS: [(&str, &str); 5] = [
    ("Quyết định", "QĐ-UBND"),
    ("Thông tư", "TT-BKHCN"),
    ("Nghị định", "NĐ-CP"),
    ("Kế hoạch", "KH-UBND"),
    ("Chỉ thị", "CT-UBND"),
];

/// What sentences begin with.
const SUBJECTS: [&str; 8] = [
    "Ủy ban nhân dân xã, thị trấn",
    "Phòng Nông nghiệp và Phát triển nông thôn",
    "Chủ rừng là hộ gia đình, cá nhân, cộng đồng dân cư thôn",
    "Đơn vị sự nghiệp công lập trực thuộc huyện",
    "Cơ sở chăn nuôi gà đồi quy mô trang trại",
    "Ban quản lý chợ và người kinh doanh cố định",
    "Trường mầm non, tiểu học, trung học cơ sở",
    "Người có công với cách mạng và thân nhân",
];

/// What they are to do.
const DUTIES: [&str; 8] = [
    "lập danh sách và niêm yết công khai tại trụ sở trong thời hạn mười lăm ngày",
    "kiểm tra, đối chiếu hồ sơ với bản đồ địa chính trước khi trình phê duyệt",
    "báo cáo kết quả thực hiện trước ngày 25 của tháng cuối quý",
    "bố trí kinh phí từ nguồn sự nghiệp và đóng góp tự nguyện của nhân dân",
    "tổ chức lấy ý kiến của các hộ bị ảnh hưởng theo quy định",
    "quản lý, sử dụng đất đúng mục đích đã được phê duyệt",
    "phối hợp với Mặt trận Tổ quốc và các đoàn thể tuyên truyền, vận động",
    "chịu trách nhiệm về tính chính xác của số liệu và thời hạn gửi",
];

/// Where, until when, by what.
const CIRCUMSTANCES: [&str; 8] = [
    "trên địa bàn các thôn đặc biệt khó khăn",
    "trong mùa mưa bão và thời gian cao điểm hanh khô",
    "theo quy trình một cửa liên thông",
    "khi có dịch bệnh xảy ra ở đàn vật nuôi",
    "bằng văn bản giấy hoặc qua cổng thông tin điện tử",
    "sau khi được Hội đồng nhân dân thông qua",
    "đối với diện tích rừng sản xuất chuyển đổi cây trồng",
    "kể cả trường hợp ủy quyền cho cấp phó ký thay",
];

/// Row number `number` in the shape of the public codification, with about so many bytes of text.
pub fn generated_row(number: u64, text_bytes: usize) -> Value {
    let mut chance = Chance(number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let (kind, symbol) = KINDS[chance.below(KINDS.len())];
    let year = 2000 + number % 26;
    let (month, day) = (1 + chance.below(12), 1 + chance.below(28));
    let mut articles = Vec::new();
    let mut bytes = 0;
    while bytes < text_bytes {
        let clauses: Vec<String> = (1..=4)
            .map(|clause| {
                let subject = SUBJECTS[chance.below(8)];
                let (duty, how) = (DUTIES[chance.below(8)], CIRCUMSTANCES[chance.below(8)]);
                let share = chance.below(97) + 3;
                format!("{clause}. {subject} {duty} {how}, mức {share} phần trăm.")
            })
            .collect();
        let text = clauses.join("\n");
        bytes += text.len();
        articles.push(json!({
            "dieu": (articles.len() + 1).to_string(),
            "tieu_de": format!("Trách nhiệm trong {}", CIRCUMSTANCES[chance.below(8)]),
            "text": text,
        }));
    }
    json!({
        "so_ky_hieu": format!("{}/{year}/{symbol}", number + 1),
        "loai": kind,
        "trich_yeu": format!("Về việc {} {}", DUTIES[chance.below(8)], CIRCUMSTANCES[chance.below(8)]),
        "co_quan_ban_hanh": "Ủy ban nhân dân huyện Yên Thế",
        "ngay_ban_hanh": format!("{year}-{month:02}-{day:02}"),
        "ngay_hieu_luc": format!("{}-{month:02}-{day:02}", year + 1),
        "de_muc": "Nông nghiệp",
        "articles": articles,
    })
}

/// Numbers that look like chance.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit
    }
}
