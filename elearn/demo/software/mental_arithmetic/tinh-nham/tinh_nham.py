"""Luyện tính nhẩm: hỏi từng phép tính và chấm điểm, hoặc in phiếu bài tập."""

from __future__ import annotations

import argparse
import random
import sys

# Lớp -> (phép tính, số hạng nhỏ nhất, số hạng lớn nhất).
PHAM_VI = {
    1: (("+", 0, 10), ("-", 0, 10)),
    2: (("+", 10, 90), ("-", 10, 90), ("×", 2, 5)),
    3: (("+", 100, 500), ("-", 100, 900), ("×", 2, 9), (":", 2, 9)),
    4: (("×", 11, 25), (":", 6, 12), ("+", 500, 5000)),
    5: (("×", 12, 50), (":", 8, 25), ("-", 1000, 9000)),
}


def phep_tinh(lop: int, ngau_nhien: random.Random) -> tuple[str, int]:
    """Trả về một phép tính dạng chữ và kết quả, không bao giờ âm, phép chia luôn hết."""
    dau, nho, lon = ngau_nhien.choice(PHAM_VI[lop])
    a, b = ngau_nhien.randint(nho, lon), ngau_nhien.randint(nho, lon)
    if dau == "+":
        return f"{a} + {b}", a + b
    if dau == "-":
        return f"{max(a, b)} − {min(a, b)}", abs(a - b)
    return (f"{a} × {b}", a * b) if dau == "×" else (f"{a * b} : {b}", a)


def in_phieu(lop: int, so_cau: int, ngau_nhien: random.Random, *, dap_an: bool) -> None:
    """In phiếu bài tập, đáp án (nếu cần) ở cuối phiếu."""
    cau = [phep_tinh(lop, ngau_nhien) for _ in range(so_cau)]
    print(f"PHIẾU TÍNH NHẨM LỚP {lop}\nHọ và tên: ........................  Lớp: ........\n")
    for so, (de, _) in enumerate(cau, 1):
        print(f"{so:>3}.  {de} = ......")
    if dap_an:
        print("\nĐáp án: " + "; ".join(f"{so}) {ket_qua}" for so, (_, ket_qua) in enumerate(cau, 1)))


def luyen_tap(lop: int, so_cau: int, ngau_nhien: random.Random) -> None:
    """Hỏi từng phép tính trên màn hình và đếm số câu đúng."""
    dung = 0
    for so in range(1, so_cau + 1):
        de, ket_qua = phep_tinh(lop, ngau_nhien)
        tra_loi = input(f"{so}. {de} = ").strip()
        if tra_loi == str(ket_qua):
            dung += 1
            print("   Đúng rồi!")
        else:
            print(f"   Chưa đúng, kết quả là {ket_qua}.")
    print(f"\nEm làm đúng {dung}/{so_cau} câu.")


def main() -> None:
    """Đọc tuỳ chọn trên dòng lệnh rồi in phiếu hoặc luyện tập."""
    doc = argparse.ArgumentParser(description="Luyện tính nhẩm lớp 1 đến lớp 5")
    doc.add_argument("--lop", type=int, choices=PHAM_VI, default=3, help="lớp 1 đến 5")
    doc.add_argument("--phieu", type=int, metavar="SỐ_CÂU", help="in phiếu bài tập rồi kết thúc")
    doc.add_argument("--dap-an", action="store_true", help="in cả đáp án")
    doc.add_argument("--hat-giong", type=int, help="số bất kì; cùng một số thì ra cùng một phiếu")
    chon = doc.parse_args()
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    ngau_nhien = random.Random(chon.hat_giong)
    if chon.phieu:
        in_phieu(chon.lop, chon.phieu, ngau_nhien, dap_an=chon.dap_an)
    else:
        luyen_tap(chon.lop, 10, ngau_nhien)


if __name__ == "__main__":
    main()
