"""The demo's lessons, one module each, in the order of the levels."""

from elearn.demo.lessons import (
    hh10_bang_tuan_hoan,
    kh4_nuoc,
    khtn6_te_bao,
    lsdl6_kinh_vi_tuyen,
    mn_chu_cai,
    mn_hinh,
    nghe_den_cau_thang,
    tin10_he_nhi_phan,
    toan5_so_thap_phan,
    toan7_so_huu_ti,
    tv3_so_sanh,
    vl11_mach_dien,
)

LESSONS = (
    mn_hinh.LESSON,
    mn_chu_cai.LESSON,
    tv3_so_sanh.LESSON,
    kh4_nuoc.LESSON,
    toan5_so_thap_phan.LESSON,
    khtn6_te_bao.LESSON,
    lsdl6_kinh_vi_tuyen.LESSON,
    toan7_so_huu_ti.LESSON,
    hh10_bang_tuan_hoan.LESSON,
    tin10_he_nhi_phan.LESSON,
    vl11_mach_dien.LESSON,
    nghe_den_cau_thang.LESSON,
)
