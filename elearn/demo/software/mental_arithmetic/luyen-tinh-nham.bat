@echo off
chcp 65001 > nul
py "%~dp0tinh-nham\tinh_nham.py"
pause
